"""The same force two years on: grades as full-width bars, two-row item tables, a concern with two deadlines."""

from blocks import Bullets, Chart, Grade, Group, Heading, Item, Items, Judgments, NewPage, Para, Specimen, Tiles

AREAS = (
    ("Police powers and public treatment", "Police powers and treating the public fairly and respectfully", "good"),
    ("Preventing crime", "Preventing and deterring crime and antisocial behaviour, and reducing vulnerability", "good"),
    ("Responding to the public", "Responding to the public", "inadequate"),
    ("Investigating crime", "Investigating crime", "requires improvement"),
    ("Protecting vulnerable people", "Protecting vulnerable people", "adequate"),
    ("Managing offenders", "Managing offenders and suspects", "good"),
    ("Developing a positive workplace", "Building, supporting and protecting the workforce", "adequate"),
    ("Leadership and force management", "Leadership and force management", "adequate"),
)


def area(number: int, sentence: str) -> tuple[Heading, Grade]:
    """Open an area: its heading, its grade and the sentence that says the grade again."""
    _, full, grade = AREAS[number]
    return Heading(full, question=True), Grade(grade, "bar", words=f"Norfolk Constabulary {sentence}")


NORFOLK_2023 = Specimen(
    name="specimen-2023-25.pdf",
    title=("PEEL 2023–2025", "An inspection of Norfolk Constabulary"),
    force="norfolk",
    publisher="HMICFRS",
    cycle="2023-25",
    pillar="integrated",
    published="2024-11-21",
    printed="21 November 2024",
    colours=("#123d5a", "#3f86b0", "#e8f1f7"),
    running="PEEL 2023–2025: An inspection of Norfolk Constabulary",
    notes={"1": "Grades given in 2022 aren’t directly comparable with those in this report."},
    blocks=(
        Heading("Overall summary"),
        Heading("Our judgments", 2),
        Para(
            "Our inspection assessed how good Norfolk Constabulary is in nine areas of policing. We make"
            " graded judgments in eight of these nine as follows:"
        ),
        Judgments(AREAS),
        Para(
            "We also inspected how effective a service Norfolk Constabulary gives to victims of crime. We don’t make a"
            " graded judgment for this area."
        ),
        Heading("PEEL 2023–2025", 2),
        Para(
            "In 2014, we introduced our police efficiency, effectiveness and legitimacy (PEEL) inspections. We"
            " assess all 43 forces, and we report on what has changed since we last inspected each in"
            " 2022[^1]."
        ),
        Heading("Terminology in this report", 2),
        Para(
            "An area for improvement is an aspect of practice, policy or performance that falls short of the expected"
            " standard. A cause of concern is more serious, and always comes with recommendations. We also describe"
            " innovative practice and promising practice."
        ),
        Heading("HM Inspector’s summary"),
        Para(
            "I have concerns about the performance of Norfolk Constabulary in responding to the public. In"
            " 2022 its slowness in answering 101 calls was an area for improvement. It is now slow to answer"
            " emergency calls as well, and this is a cause of concern. The constabulary needs to:"
        ),
        Bullets(("answer calls promptly;", "know which callers are at risk; and", "investigate with more care.")),
        Para("Its work to prevent crime, on the coast above all, remains good. I thank those who do it."),
        Tiles(
            (
                ("71%", "of emergency calls answered within ten seconds"),
                ("33%", "of calls to 101 abandoned"),
                ("+6%", "more emergency calls than in the year before"),
            )
        ),
        Heading("Providing a service to victims of crime", question=True),
        Grade(
            None,
            "words",
            basis="not_graded",
            words="We assessed the service that victims receive, from their first call to the outcome. We don’t"
            " make a graded judgment in this overall area.",
        ),
        Para("The constabulary doesn’t always answer when people call", bold=True),
        Para(
            "Calls wait for too long. Once a call has been answered, victims are treated with kindness, and"
            " they are given advice on how to preserve evidence."
        ),
        *area(0, "is good at using police powers and treating the public fairly and respectfully."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary should make sure that officers record a separate reason for each use of force",
                    (
                        "We reviewed 112 records of the use of force. In 30 of them the text had been copied"
                        " from another officer’s record of the same event. This makes it hard for the"
                        " constabulary, and for the public, to know whether force was used fairly.",
                    ),
                ),
            ),
            "table",
        ),
        Heading("Main findings", 2),
        Para("The constabulary listens to those who are stopped", bold=True),
        Para(
            "Everyone who is searched is given a card with a code. Those who scan it are asked three"
            " questions, and 212 people answered them in a year. Most had been treated politely. About a third"
            " hadn’t understood why they had been chosen, and the constabulary has changed its training as a"
            " result."
        ),
        Para("People in rural places know their officers", bold=True),
        Para(
            "The constabulary’s harvest meetings, which we praised in 2022, have been taken up by two other forces. Its"
            " engagement then was outstanding; it now reaches fewer of those who live in the towns."
        ),
        *area(1, "is good at preventing and deterring crime and antisocial behaviour, and reducing vulnerability."),
        Items(
            "innovative_practice",
            "Innovative practice",
            (
                Item(
                    "The coastal watch has become a network of nine ports",
                    (
                        "In 2022, we described how volunteers watched for unusual landings. Harbour masters in two more"
                        " counties have joined, and the reports now go to the border agencies within the hour.",
                    ),
                ),
            ),
            "table",
        ),
        Items(
            "promising_practice",
            "Promising practice",
            (
                Item(
                    "Young people who carry knives are met at school within three days",
                    (
                        "An officer and a youth worker see the pupil together. Of the first 46 young people,"
                        " four have since come to notice again. It is too early to know whether this will"
                        " last.",
                    ),
                ),
            ),
            "table",
        ),
        Heading("Main findings", 2),
        Para("Problem-solving is consistent, and it is checked by people who weren’t part of it."),
        Para("Neighbourhood officers stay in their neighbourhoods", bold=True),
        Para(
            "Officers were taken away from their own areas on four percent of their shifts, and never on two"
            " days in a row. Most have been in the same place for three years or more. They know the families"
            " who need help from more than one service, and they bring those services together. In Great"
            " Yarmouth, thefts from shops fell by a fifth after they had shown managers how the shelves"
            " invited them."
        ),
        *area(2, "is inadequate at responding to the public."),
        Items(
            "cause_of_concern",
            "Cause of concern",
            (
                Item(
                    "The constabulary needs to improve the time it takes to answer emergency and non-emergency calls",
                    (
                        "In the year to 30 June 2024, the constabulary answered 71 percent of emergency calls"
                        " within ten seconds. The national standard is 90 percent. In the same year 33 percent"
                        " of calls to 101 were abandoned; in 2022 it was 24 percent.",
                        "We said in 2022 that this was an area for improvement and that the constabulary"
                        " should appoint more call handlers. It did, but even more have left.",
                    ),
                    groups=(
                        Group(
                            "The constabulary should immediately:",
                            "immediately",
                            (
                                "make sure that emergency calls are always answered before others, whoever is"
                                " on duty; and",
                                "ring back people who gave up while calling 999, and record what it finds.",
                            ),
                        ),
                        Group(
                            "By 31 May 2025, the constabulary should:",
                            "By 31 May 2025",
                            (
                                "make sure that it has enough trained call handlers to meet the national"
                                " standard at all times of day;",
                                "reduce the proportion of calls to 101 that are abandoned to less than 10 percent; and",
                                "understand why call handlers leave, and act on what they say.",
                            ),
                        ),
                    ),
                ),
            ),
            "table",
        ),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary needs to make sure that call takers identify callers who are vulnerable"
                    " or have called before",
                    (
                        "In 31 of the 90 calls that we reviewed there was no check for repeat callers. This is"
                        " no better than in 2022. A new system, which shows earlier calls from the same"
                        " number, was due to be switched on after our inspection.",
                    ),
                ),
            ),
            "table",
        ),
        Heading("Main findings", 2),
        Chart("Figure 1: Calls to 101 abandoned, by force (percent)", 40, 33),
        Para("Officers arrive quickly once they have been sent. The difficulty lies in the minutes before."),
        *area(3, "requires improvement at investigating crime."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary should make sure that investigations are well supervised, with plans"
                    " that are recorded and followed",
                    (
                        "We found a plan in 58 of 95 cases. Supervisors had reviewed 33 of them. New officers"
                        " carry serious cases for which they haven’t been trained.",
                    ),
                ),
                Item(
                    "The constabulary needs to make sure that victims are told when suspects are released, and what the"
                    " conditions are",
                    (
                        "In 14 of the 38 cases that called for it, the victim wasn’t told. Some found out when"
                        " they met the suspect in the street.",
                    ),
                ),
            ),
            "table",
        ),
        Heading("Main findings", 2),
        Para(
            "Outstanding suspects in serious cases are found quickly. In less serious cases the search is slow"
            " to begin."
        ),
        *area(4, "is adequate at protecting vulnerable people."),
        Heading("Main findings", 2),
        Para("Disclosures about violent partners are made on time", bold=True),
        Para(
            "In 2022, it took 51 days to make a disclosure under the domestic violence disclosure scheme. The"
            " constabulary has trained ten more people and now takes 19."
        ),
        *area(5, "is good at managing offenders and suspects."),
        Heading("Main findings", 2),
        Para("Visits are made when they are due, and supervisors look at every change to a risk assessment."),
        *area(6, "is adequate at building, supporting and protecting the workforce."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary needs to make sure that supervisors know how the people in their teams"
                    " are, and act on it",
                    (
                        "Sickness because of stress has risen for three years. We met supervisors in the"
                        " control room who have 24 people to look after and who see some of them once a"
                        " fortnight.",
                        "A course on wellbeing that was promised in 2022 has been given to fewer than half of"
                        " the supervisors it was meant for.",
                    ),
                ),
            ),
            "table",
        ),
        Heading("Main findings", 2),
        Para("Leaders have made it easier to report poor behaviour, and more people now do so."),
        *area(7, "is adequate at leadership and force management."),
        Heading("Main findings", 2),
        Para(
            "The constabulary has a balanced budget for two of the next four years. It knows what it would"
            " stop doing first, but hasn’t yet asked the public."
        ),
        NewPage(),
        Heading("About the data"),
        Para(
            "We took data from the Home Office and from the constabulary’s own systems in July 2024. Where we"
            " show all 43 forces, the dark bar is Norfolk Constabulary."
        ),
        Heading("Grades", 2),
        Para(
            "<b>Outstanding</b>, <b>good</b>, <b>adequate</b>, <b>requires improvement</b> and"
            " <b>inadequate</b> are our five grades. A force that is inadequate has causes of concern, and we"
            " make recommendations to it."
        ),
    ),
    traps=(
        "‘Terminology’ defines area for improvement, cause of concern, recommendations and practice",
        "the inspector’s ‘The constabulary needs to:’ list and ‘this is a cause of concern’ are not items",
        "an earlier area for improvement recalled inside the cause of concern",
        "two deadline groups under one cause of concern, which runs over a page",
        "‘outstanding’ as the grade of 2022 and as policing jargon",
        "all five grades in one sentence at the end",
    ),
)

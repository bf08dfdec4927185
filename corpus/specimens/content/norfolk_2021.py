"""A report of 2021/22: judgments in five columns, grades as pills, one barred box for each item."""

from blocks import Chart, Grade, Heading, Item, Items, Judgments, NewPage, Para, Specimen

AREAS = (
    ("Preventing crime", "Preventing crime and anti-social behaviour", "good"),
    ("Treatment of the public", "Engaging with and treating the public with fairness and respect", "outstanding"),
    ("Responding to the public", "Responding to the public", "requires improvement"),
    ("Investigating crime", "Investigating crime", "adequate"),
    ("Protecting vulnerable people", "Protecting vulnerable people", "requires improvement"),
    ("Managing offenders", "Managing offenders and suspects", "good"),
    ("Developing a positive workplace", "Building, supporting and protecting the workforce", "adequate"),
    ("Good use of resources", "Strategic planning, organisational management and value for money", "good"),
)


def area(number: int, sentence: str) -> tuple[Heading, Grade]:
    """Open an area: its heading, its grade and the sentence that says the grade again."""
    _, full, grade = AREAS[number]
    return Heading(full, question=True), Grade(grade, "pill", words=f"Norfolk Constabulary {sentence}")


NORFOLK_2021 = Specimen(
    name="specimen-2021-22.pdf",
    title=("PEEL 2021/22", "An inspection of Norfolk Constabulary"),
    force="norfolk",
    publisher="HMICFRS",
    cycle="2021/22",
    pillar="integrated",
    published="2022-07-14",
    printed="14 July 2022",
    date_on_cover=False,
    colours=("#3a2458", "#7a5aa6", "#f0ebf6"),
    running="PEEL 2021/22 – An inspection of Norfolk Constabulary",
    notes={"1": "Year to 31 March 2022. The national standard is 90 percent of emergency calls within ten seconds."},
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
            " graded judgment in this overall area."
        ),
        Para(
            "We set out our detailed findings about things the constabulary is doing well and where the"
            " constabulary should improve in the rest of this report."
        ),
        Heading("Important changes to PEEL", 2),
        Para(
            "We have moved from four grades to five, and we now link our judgments more clearly to causes of"
            " concern and areas for improvement. A change from good to adequate doesn’t necessarily mean that"
            " performance has fallen."
        ),
        Heading("HM Inspector’s observations", 2),
        Para(
            "I congratulate Norfolk Constabulary on how it treats the public. I am less content with how long"
            " people wait when they ring for help with something that isn’t an emergency. I will watch this"
            " closely."
        ),
        Heading("Providing a service to the victims of crime", question=True),
        Grade(
            None,
            "words",
            basis="not_graded",
            words="This section describes our assessment of the service victims receive from Norfolk"
            " Constabulary, from the point of reporting a crime to its outcome. We don’t make a graded"
            " judgment in this area.",
        ),
        Para("Emergency calls are answered quickly, but one in four callers to 101 gives up", bold=True),
        Para(
            "The constabulary answers 93 percent of emergency calls within ten seconds. In the year to 31"
            " March 2022[^1] it lost 24 percent of its calls to 101. People who rang about a theft or a threat"
            " told us that they had tried three times before they got through."
        ),
        *area(0, "is good at prevention and deterrence."),
        Items(
            "innovative_practice",
            "Innovative practice",
            (
                Item(
                    "Volunteers on the coast watch for unusual landings",
                    (
                        "The constabulary has trained 140 birdwatchers, anglers and harbour staff to notice boats and"
                        " vans that don’t belong. They send what they see through a simple form on their telephones.",
                        "In its first year the scheme led to 12 arrests and the seizure of 1.3 tonnes of tobacco.",
                    ),
                ),
            ),
            "bar",
        ),
        Heading("Main findings", 2),
        Para("In this section we set out our main findings about how well the constabulary prevents crime."),
        Para("Officers solve problems and check that they stay solved", bold=True),
        Para(
            "Each neighbourhood team has a plan for the three matters that trouble its residents most. Plans are closed"
            " only when a month has gone by without a call."
        ),
        *area(1, "is outstanding at treating people fairly and with respect."),
        Heading("Main findings", 2),
        Para("The constabulary seeks out those who don’t come to meetings", bold=True),
        Para(
            "Officers meet seasonal workers at the start of each harvest. They go where people are: packing"
            " sheds, markets and the stands at Carrow Road. In our sample of 150 searches, 146 had reasonable"
            " grounds recorded."
        ),
        Para("Officers explain what they do and why", bold=True),
        Para(
            "We watched 40 recordings from body-worn cameras. In all but two, officers gave their names, said"
            " what they were looking for and left people calmer than they had found them. A panel of residents"
            " chooses what it wants to see, and the constabulary answers each of its questions in writing."
        ),
        *area(2, "requires improvement at responding to the public."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary needs to improve the time it takes to answer non-emergency calls",
                    (
                        "In the year to 31 March 2022, 24 percent of callers to 101 gave up before they were answered."
                        " The average wait was six minutes and in the early evening it was more than ten.",
                        "The constabulary has a plan to appoint 22 more call handlers by the spring. It should"
                        " make sure that it doesn’t lose as many in the meantime. In 2021, 19 of them left.",
                    ),
                ),
                Item(
                    "The constabulary needs to make sure that call takers identify callers who are vulnerable"
                    " or have called before",
                    (
                        "We reviewed 80 calls. In 27 of them the call taker didn’t check whether the person"
                        " was a repeat caller, and in 21 no structured assessment of risk was recorded. This"
                        " could leave people in danger without the help that they need.",
                    ),
                ),
            ),
            "bar",
        ),
        Heading("Main findings", 2),
        Para("Emergency calls are answered well", bold=True),
        Para(
            "Control room staff are calm and clear. When a line goes quiet they stay on it. Supervisors should"
            " be told of every call that has waited for two hours, and in the cases we saw they were."
        ),
        *area(3, "is adequate at investigating crime."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary should improve how it supervises investigations, so that plans are recorded and"
                    " followed",
                    (
                        "There was an investigation plan in 61 of the 90 cases that we reviewed. In 34 of them"
                        " we could see that a supervisor had checked whether it was being followed.",
                        "We said in our 2018/19 report that this was an area for improvement. There has been"
                        " some progress.",
                    ),
                ),
            ),
            "bar",
        ),
        Heading("Main findings", 2),
        Chart("Figure 1: Crimes assigned a positive outcome, per 1,000 recorded, by force", 180, 27),
        Para(
            "The constabulary records why victims withdraw, and in most cases it has done what it could to support them"
            " first. Good outcomes are reached for victims of burglary."
        ),
        *area(4, "requires improvement at protecting vulnerable people."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary should reduce the time it takes to make disclosures under the domestic violence"
                    " disclosure scheme",
                    (
                        "People who ask whether their partner has been violent before should hear within 28"
                        " days. In the three months before our inspection, the constabulary took 51 days on"
                        " average.",
                        "It has too few staff who are trained to decide what can be disclosed, and doesn’t always tell"
                        " applicants how long they will wait. Some had moved in with the person they were asking about"
                        " before they had an answer.",
                    ),
                ),
            ),
            "bar",
        ),
        Heading("Main findings", 2),
        Para(
            "The joint team for safeguarding children shares an office with social services, and referrals are"
            " dealt with on the day they are made."
        ),
        *area(5, "is good at managing offenders and suspects."),
        Heading("Main findings", 2),
        Para("Visits to registered sex offenders are up to date", bold=True),
        Para(
            "Fewer than two in a hundred visits were overdue when we inspected. Outstanding suspects are listed each"
            " morning, and officers are sent to arrest those who present the greatest risk."
        ),
        *area(6, "is adequate at building and developing its workforce."),
        Items(
            "area_for_improvement",
            "Area for improvement",
            (
                Item(
                    "The constabulary needs to make sure that supervisors know how the people in their teams"
                    " are, and act on it",
                    (
                        "Few of the supervisors we spoke to had been trained to talk about wellbeing. In the"
                        " constabulary’s own survey, 38 percent of the workforce said that nobody had asked"
                        " them how they were in the last month.",
                    ),
                ),
            ),
            "bar",
        ),
        Heading("Main findings", 2),
        Para("The workforce trusts its leaders to deal with poor behaviour", bold=True),
        Para(
            "Reports of misconduct by colleagues have risen by half in two years, and those who made them told"
            " us that they had been protected. The constabulary tells everyone what came of each case."
        ),
        Para("New officers are well supported. Each has a tutor who has time for them and who works the same shifts."),
        *area(7, "is good at operating efficiently."),
        Heading("Main findings", 2),
        Para(
            "The constabulary shares its fleet, its buildings and its finance team with a neighbour. Leaders"
            " can show what this saves and what it costs them in freedom to choose."
        ),
        Para("Plans rest on a forecast of demand", bold=True),
        Para(
            "Analysts predict calls, crimes and vacancies for four years and are honest about how sure they"
            " are. Their forecast of calls to 101 was too low, and the constabulary has asked them to find out"
            " why."
        ),
        NewPage(),
        Heading("About the data"),
        Para(
            "Data in this report is from a range of sources. We give the date of each figure where we use it."
            " We checked our findings from the review of case files with the constabulary before publication."
        ),
        Heading("What our grades mean", 2),
        Para("<b>Outstanding</b> – the force has substantially exceeded the characteristics of good performance."),
        Para("<b>Good</b> – the force has demonstrated substantially all of them."),
        Para("<b>Adequate</b> – the force has demonstrated some, but we have identified areas for improvement."),
        Para("<b>Requires improvement</b> – the force has demonstrated few, and there are many areas for improvement."),
        Para("<b>Inadequate</b> – we have causes for concern and have made recommendations to the force."),
    ),
    traps=(
        "short names in the judgments table differ from the headings; one column is empty",
        "boilerplate names causes of concern and areas for improvement; the grade definitions do so again",
        "an earlier area for improvement recalled inside an item’s explanation; ‘It should make sure’ there is no item",
        "‘Outstanding suspects’ and ‘Good outcomes’ in prose",
        "a footnote mark glued to a year",
        "two items run over a page",
    ),
)

"""A report of 2018/19: all pillars in one report, bare grades, items before the findings, grades carried over."""

from blocks import Bullets, Chart, Grade, Group, Heading, Item, Items, NewPage, Para, Specimen, Tiles

EFFECTIVENESS = "How effectively does the force reduce crime and keep people safe?"
EFFICIENCY = "How efficiently does the force operate and how sustainable are its services?"
LEGITIMACY = "How legitimately does the force treat the public and its workforce?"
BELOW = (
    "We set out our detailed findings below. These are the basis for our judgment of the force’s performance"
    " in this area."
)
CARRIED = (
    "This question was not subject to detailed inspection in 2018/19, and our judgment from the 2017 {} inspection has"
    " been carried over."
)

GLOUCESTERSHIRE_2018 = Specimen(
    name="specimen-2018-19.pdf",
    title=(
        "PEEL",
        "Police effectiveness, efficiency and legitimacy 2018/19",
        "An inspection of Gloucestershire Constabulary",
    ),
    force="gloucestershire",
    publisher="HMICFRS",
    cycle="2018/19",
    pillar="integrated",
    published="2019-05",
    printed="May 2019",
    date_on_cover=False,
    roman_front=True,
    colours=("#0b4f5c", "#2a8c94", "#e4f2f2"),
    running="An inspection of Gloucestershire Constabulary",
    notes={"1": "Figures for the year to 31 December 2018, as supplied by the force."},
    blocks=(
        Heading("What this report contains"),
        Para(
            "This report is structured in four parts: our overall assessment, and what we found about effectiveness,"
            " efficiency and legitimacy. For each we give our judgments and any areas for improvement and causes of"
            " concern."
        ),
        Heading("Our inspection approach", 2),
        Para(
            "In 2018/19 we inspected where we judged the risk to the public to be greatest. Where we didn’t inspect a"
            " question in detail, the judgment from our last inspection stands."
        ),
        Heading("Force in context"),
        Tiles(
            (
                ("628,139", "people live in the force area"),
                ("1,092", "police officers, one for every 575 people"),
                ("£169", "spent on policing for each resident"),
            )
        ),
        Heading("Overall summary"),
        Grade("requires improvement", "row", "pillar", question=EFFECTIVENESS, again=True),
        Grade("good", "row", "pillar", question=EFFICIENCY, again=True),
        Grade("good", "row", "pillar", question=LEGITIMACY, again=True),
        Heading("HM Inspector’s observations", 2),
        Para(
            "I am satisfied with most aspects of Gloucestershire Constabulary’s performance. But I am"
            " concerned about how it responds to people who are vulnerable, and this is a cause of concern."
        ),
        Para(
            "In 2017, we judged the force as good at keeping people safe. It has lost ground since then,"
            " although some of its work with young people is outstanding. The force should now concentrate on"
            " the few things that matter most to those at risk."
        ),
        NewPage(),
        Heading("Effectiveness"),
        Heading("Force in context", 2),
        Chart("Figure 1: Emergency calls for each 1,000 people, by force[^1]", 160, 12),
        Heading(EFFECTIVENESS, 2, question=True),
        Grade("requires improvement", "bare", "pillar"),
        Para("Summary", bold=True),
        Para(
            "Gloucestershire Constabulary needs to improve how effectively it reduces crime and keeps people"
            " safe. It prevents crime well. It doesn’t investigate all crimes as well as it should, and it"
            " fails too many victims of domestic abuse by arriving late."
        ),
        Heading("Preventing crime and tackling anti-social behaviour", 3, question=True),
        Grade("good", "bare"),
        Para(BELOW),
        Para("Neighbourhood policing", bold=True),
        Para(
            "Each of the 57 neighbourhood teams has an officer who isn’t taken away for other work. In 2017,"
            " we said that the force should evaluate what these teams do; it does so now, and we no longer"
            " have that concern."
        ),
        Para("Problem-solving", bold=True),
        Para(
            "Teams share what works on a single system that councils and housing associations can see. One"
            " team has ended three years of trouble at a bus station by changing the lighting and the"
            " timetable. Another has worked with anglers to stop thefts from rivers. We looked at 25 plans:"
            " most began with a clear statement of the problem, and 19 said how success would be measured."
        ),
        Heading("Investigating crime", 3, question=True),
        Grade("requires improvement", "bare"),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should make sure that crimes are allocated to people with the skills and the time to"
                    " investigate them."
                ),
                Item(
                    "The force should ensure that it keeps victims informed, and that it records why when an"
                    " investigation ends because a victim no longer supports it. This will help it to learn"
                    " how more of them can be supported."
                ),
            ),
            "list",
        ),
        Para(BELOW),
        Para("Investigation quality", bold=True),
        Para(
            "We examined 70 case files. Supervision was good in 41 of them, and in the other 29 it was slight"
            " or absent. The force has too few detectives, and it has moved them between teams three times in"
            " a year."
        ),
        Para("Catching criminals", bold=True),
        Para(
            "The force knows how many people it wants to arrest. A list of outstanding suspects is read out at"
            " each morning’s meeting, and officers are named to look for those who present the greatest risk."
            " The list has become shorter since we last inspected. The force doesn’t yet check as a matter of"
            " course whether foreign nationals whom it arrests have been convicted abroad."
        ),
        Heading("Protecting vulnerable people", 3, question=True),
        Grade("inadequate", "bare"),
        Items(
            "cause_of_concern",
            "Cause of concern",
            (
                Item(
                    "The force doesn’t respond quickly enough to people who are vulnerable. Nearly half of the"
                    " calls about domestic abuse that we looked at waited for longer than the force’s own"
                    " limit. Those who were waiting weren’t called back, and their risk wasn’t assessed again.",
                    groups=(
                        Group(
                            "The force should take immediate steps to:",
                            "immediate steps",
                            (
                                "make sure that it has enough people on duty when most calls about domestic abuse are"
                                " received;",
                                "assess the risk to those who are waiting, and assess it again whenever the"
                                " wait becomes longer. This should be recorded;",
                                "give supervisors in the control room a view of every call that is overdue; and",
                                "report to its chief officers each week on how long people at risk have waited.",
                            ),
                        ),
                    ),
                ),
            ),
            "shaded",
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should improve its use of domestic violence protection notices and orders, and of other"
                    " powers that keep an abuser away from a victim."
                ),
            ),
            "list",
        ),
        Para(BELOW),
        Para("Initial response", bold=True),
        Para(
            "On the day of our visit 34 calls about domestic abuse were waiting. The oldest had been made 51"
            " hours earlier. Dispatchers do their best, but they can’t send officers who aren’t there."
        ),
        Heading("Tackling serious and organised crime", 3, question=True),
        Grade("good", "bare", basis="carried_over", words=CARRIED.format("effectiveness")),
        Heading("Armed policing", 3, question=True),
        Grade(
            None,
            "words",
            basis="not_graded",
            words="We don’t grade forces on this question. The force has enough trained"
            " firearms officers, and shares them with two of its neighbours.",
        ),
        Heading("Efficiency"),
        Heading("Force in context", 2),
        Tiles(
            (
                ("71p", "of each pound is spent on the front line"),
                ("£4.1m", "to be saved by March 2022"),
                ("8.2%", "held in reserve"),
            )
        ),
        Heading(EFFICIENCY, 2, question=True),
        Grade("good", "bare", "pillar"),
        Para("Summary", bold=True),
        Para("The extent to which the force operates efficiently and sustainably is good."),
        Heading("Meeting current demands and using resources", 3, question=True),
        Grade("good", "bare"),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should make sure that its understanding of demand takes in what partners do and"
                    " what people don’t report; and that it uses this when it decides where its officers work."
                ),
            ),
            "list",
        ),
        Para(BELOW),
        Para(
            "The force has changed its shifts twice in order to put people where they are needed. Staff told"
            " us that the second change was an improvement on the first."
        ),
        Heading("Planning for the future", 3, question=True),
        Grade("good", "bare"),
        Para(BELOW),
        Para("Plans for people, money and technology are joined up and look four years ahead."),
        Heading("Legitimacy"),
        Heading(LEGITIMACY, 2, question=True),
        Grade("good", "bare", "pillar"),
        Para("Summary", bold=True),
        Para(
            "Gloucestershire Constabulary treats the public and its workforce fairly, and its leaders set an example."
        ),
        Heading("Treating the public fairly", 3, question=True),
        Grade("good", "bare"),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should make sure that outside scrutiny of stop and search:",
                    limbs=(
                        "includes young people, and people from the communities that are searched most;",
                        "can choose for itself which footage it watches; and",
                        "is told what has changed because of its advice.",
                    ),
                ),
            ),
            "list",
        ),
        Para(BELOW),
        Para("In our 2017 legitimacy report, we recommended that all forces should:"),
        Bullets(
            (
                "monitor and analyse a full set of data on stop and search;",
                "act on what they find; and",
                "publish it at least once a year.",
            )
        ),
        Para("The force does the first two. It hasn’t published anything since October 2017."),
        Heading("Ethical and lawful workforce behaviour", 3, question=True),
        Grade("requires improvement", "bare"),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item("The force should complete the vetting of everybody who works for it by the end of 2019."),
                Item(
                    "The force should ensure that its counter-corruption unit has enough people to look for corruption,"
                    " and can fully monitor all of its computer systems."
                ),
            ),
            "list",
        ),
        Para(BELOW),
        Para("One in nine of the workforce hasn’t been vetted to the current standard."),
        Heading("Treating the workforce fairly", 3, question=True),
        Grade("good", "bare", basis="carried_over", words=CARRIED.format("legitimacy")),
        Heading("Annex A – About the data"),
        Para(
            "Data in this report comes from the Home Office, the Office for National Statistics and the force."
            " A force is good, requires improvement or is inadequate on evidence of many kinds; no figure"
            " decides a judgment."
        ),
    ),
    traps=(
        "printed page numbers start again after the contents (i, then 1)",
        "the month stands only on the last page",
        "pillar grades stand twice; ‘we judged the force as good’ is last time’s grade",
        "items stand before the findings; two headings in one question, a shaded box and a plain list",
        "two grades are carried over and one question is not graded",
        "nested bullets; a recommendation with an inner full stop; a bulleted national recommendation",
        "a deadline inside an area for improvement (‘by the end of 2019’)",
    ),
)

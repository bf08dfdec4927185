"""A saved result page of 2017: pillar and question grades as bare words, plain lists, one item carried forward."""

from blocks import Bullets, Grade, Heading, Item, Items, Para, Rows, Specimen

PILLAR = "How legitimate is the force at keeping people safe and reducing crime?"

DORSET_2017 = Specimen(
    name="specimen-2017-legitimacy.html",
    title=("PEEL: Police legitimacy 2017", "Dorset Police"),
    force="dorset",
    publisher="HMICFRS",
    cycle="2017",
    pillar="legitimacy",
    published="2017-12-12",
    printed="12 December 2017",
    colours=("#17324d", "#3b7a9e", "#eaf3f8"),
    notes={"1": "This question was asked in other words in 2015."},
    blocks=(
        Heading(PILLAR, 1, question=True),
        Grade(
            "good",
            "bare",
            "pillar",
            words="Dorset Police is judged to be good in how legitimately it keeps people safe and reduces crime. Our"
            " overall judgment this year is the same as last year, when we judged the force to be good. It is judged to"
            " be good at treating people fairly and at behaving ethically; it is assessed to require improvement in how"
            " it treats its own workforce.",
        ),
        Para(
            "The force listens to the people it serves. It has done less to listen to those who work for it, and it"
            " should hear what they say about their hours."
        ),
        Heading(
            "To what extent does the force treat all of the people it serves with fairness and respect?",
            1,
            question=True,
        ),
        Grade("good", "bare"),
        Para(
            "Dorset Police treats people with fairness and respect. Its leaders speak plainly about why this matters,"
            " and an outside panel watches footage from body-worn cameras each quarter."
        ),
        Rows(
            "Table 1: Stop and search records with reasonable grounds",
            (("Year", "Records reviewed", "With reasonable grounds"), ("2015", "100", "81"), ("2017", "120", "109")),
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should make its outside panel more representative of the people who are stopped most"
                    " often, and train its members in what the records can and can’t show."
                ),
                Item(
                    "The force should ensure that all stop and search records include sufficient reasonable grounds to"
                    " justify the lawful use of the power.",
                    status="carried_forward",
                    origin="2015",
                    before="The following area for improvement from HMIC’s 2015 Legitimacy inspection remains:",
                ),
            ),
            "list",
        ),
        Heading("How well does the force ensure that its workforce behaves ethically and lawfully?", 1, question=True),
        Grade("good", "bare"),
        Para(
            "Officers and staff know the Code of Ethics and talk about it. The force tackles corruption"
            " adequately and is quick to suspend access to its systems when somebody leaves."
        ),
        Para("In our 2016[^1] national report, we recommended that all forces should:"),
        Bullets(
            ("begin to vet everybody who has not been vetted;", "have a plan to finish that; and", "publish the plan.")
        ),
        Para("The force has done the first of these and has nearly finished the second."),
        Heading("To what extent does the force treat its workforce with fairness and respect?", 1, question=True),
        Grade("requires improvement", "bare"),
        Para(
            "The force measures how its people feel, but does little with the answers. An inadequate computer"
            " system for leave and rest days has been the first complaint in every survey since 2014."
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should improve how its supervisors recognise and deal with low wellbeing, and in"
                    " particular:",
                    limbs=(
                        "give them the training they need to do so; and",
                        "make sure that cancelled rest days are given back within three months.",
                    ),
                ),
                Item(
                    "The force should put in place a fair way of choosing those who are prepared for"
                    " promotion. This will help its workforce to trust the result."
                ),
            ),
            "list",
        ),
    ),
    traps=(
        "menus, cookie and consultation banners, share and print links stand around the report",
        "last year’s grade and two question grades in the sentences under the pillar grade",
        "an item carried forward from 2015 under an unbulleted line",
        "a bulleted national recommendation; ‘adequately’ and ‘an inadequate computer system’ in prose",
    ),
)

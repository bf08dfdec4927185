"""A report of the 2015 to 2017 family: questions as headings, grade boxes, one shaded box of items per question."""

from blocks import Bullets, Grade, Group, Heading, Item, Items, NewPage, Para, Rows, Specimen, Tiles

PILLAR = "How effective is the force at keeping people safe and reducing crime?"
Q1 = "How effective is the force at preventing crime and anti-social behaviour, and keeping people safe?"
Q2 = "How effective is the force at investigating crime and managing offenders?"
Q3 = "How effective is the force at protecting from harm those who are vulnerable, and supporting victims?"
Q4 = (
    "How effective is the force at tackling serious and organised crime, including its arrangements for fulfilling its"
    " national policing responsibilities?"
)

LINCOLNSHIRE_2015 = Specimen(
    name="specimen-2015-effectiveness.pdf",
    title=("PEEL: Police effectiveness 2015", "An inspection of Lincolnshire Police"),
    force="lincolnshire",
    publisher="HMIC",
    cycle="2015",
    pillar="effectiveness",
    published="2016-02",
    printed="February 2016",
    colours=("#1f2a5a", "#4a5fa5", "#e6eaf5"),
    running="",
    notes={
        "1": "HMIC judgments are outstanding, good, requires improvement and inadequate.",
        "2": "The survey was carried out in May 2015. 412 people replied.",
    },
    blocks=(
        Heading(f"Overview – {PILLAR}"),
        Heading("Overall judgment", 2),
        Grade(
            "requires improvement",
            "box",
            "pillar",
            question=PILLAR,
            words="Overall, Lincolnshire Police requires improvement in how effectively it keeps people safe and"
            " reduces crime. In HMIC’s 2014 crime inspection the force was judged to be good at reducing"
            " crime.[^1]",
        ),
        Para(
            "The force knows the villages and market towns that it polices, and its neighbourhood officers are trusted."
            " It is less effective once a crime has been reported. Too many investigations drift, and some people who"
            " are vulnerable aren’t recognised when they first ask for help."
        ),
        Heading("Summary", 2),
        Grade("good", "row", question=Q1, again=True),
        Para(
            "Officers work well with drainage boards, farmers and parish councils, and repeat calls about anti-social"
            " behaviour have fallen for three years."
        ),
        Grade("requires improvement", "row", question=Q2, again=True),
        Para("Investigation plans are often missing, and digital evidence waits for too long."),
        Grade("requires improvement", "row", question=Q3, again=True),
        Para("The force’s assessment of risk at the first call is not reliable enough. This is a cause of concern."),
        Grade("good", "row", question=Q4, again=True),
        Para("The force has a clear picture of the organised crime groups on its patch and disrupts them."),
        Heading("Force in numbers"),
        Tiles(
            (
                ("68.4", "crimes for each 1,000 people in the 12 months to 30 June 2015"),
                ("−4%", "change in recorded crime over 12 months"),
                ("3.1", "calls about anti-social behaviour for each 100 people"),
            )
        ),
        Heading("Introduction"),
        Para(
            "HMIC assesses whether police forces keep people safe and reduce crime. Where a force falls short of what"
            " the public has a right to expect, this report sets out areas for improvement. Where the shortcoming is"
            " serious, it is described as a cause of concern, with recommendations."
        ),
        Para("We asked four core questions. Three of them are inspected each year:"),
        Bullets(
            (
                "how well the force prevents crime and anti-social behaviour;",
                "how well it investigates; and",
                "how well it protects those who are vulnerable.",
            )
        ),
        Heading("Methodology", 2),
        Para(
            "Our inspectors spent four days with the force in the autumn of 2015. They reviewed 60 case files,"
            " listened to calls in the control room and spoke to 74 officers and staff. They also used the"
            " results of a survey of residents.[^2] The force should not read this sample as a measure of all"
            " its work."
        ),
        Heading(Q1, question=True),
        Heading("How well does the force understand the communities it serves?", 2),
        Para(
            "Neighbourhood teams keep a profile of every beat. The profiles name the roads on which speeding worries"
            " people, the farms from which machinery has been stolen and the parks in which young people feel unsafe."
            " They are looked at each month together with councils and the fire service."
        ),
        Heading("How effectively does the force prevent crime?", 2),
        Para(
            "Farm machinery thefts have halved since officers began to mark tractors and to park a decoy"
            " trailer on the roads towards the ports. The force has kept a record of what it did and what it"
            " cost. It has not looked at whether the same would work in the towns, and the force should now"
            " ask itself that question."
        ),
        Rows(
            "Table 1: Calls about anti-social behaviour, by kind",
            (
                ("Kind", "2013", "2014", "2015"),
                ("Nuisance", "18,204", "16,990", "15,877"),
                ("Personal", "6,110", "5,842", "5,402"),
                ("Environmental", "1,377", "1,290", "1,164"),
            ),
        ),
        Heading("Summary of findings", 2),
        Grade("good", "box"),
        Para(
            "Lincolnshire Police is good at preventing crime and anti-social behaviour. Officers have time for their"
            " own neighbourhoods, and they use it well. Problem-solving is sound but is seldom reviewed afterwards."
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should review its problem-solving plans when they are closed, so that"
                    " neighbourhood teams learn which tactics worked and which did not."
                ),
                Item(
                    "The force should use evidence of ‘what works’ from rural policing when it plans patrols in its"
                    " towns. There should be a regular exchange between the two."
                ),
            ),
            "shaded",
        ),
        Heading(Q2, question=True),
        Heading("How effective is the force’s investigation of crime?", 2),
        Para(
            "The first response to a burglary is good: officers attend, search and speak to neighbours. What comes next"
            " is weaker. In 23 of the 60 files that we reviewed there was no plan, and in 19 no sign that a supervisor"
            " had looked at the case in the first month."
        ),
        Para(
            "Officers in the towns carry as many as 28 cases each. They told us that they put those with named suspects"
            " first, and that outstanding suspects in the rest can wait for weeks before anybody looks for them."
        ),
        Heading("How well is the force supported by digital forensics?", 2),
        Para(
            "At the time of our inspection 214 devices were waiting to be examined, the oldest of them since January."
            " Two new examiners have been appointed. The backlog has begun to fall, but the force has no target for how"
            " far and by when."
        ),
        Heading("Summary of findings", 2),
        Grade("requires improvement", "box"),
        Para(
            "Lincolnshire Police requires improvement in the way it investigates crime and manages offenders."
            " Good first work is let down by inadequate supervision afterwards."
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should ensure that every investigation has a plan, and that supervisors check progress"
                    " against it at intervals which reflect the risk to the victim."
                ),
                Item(
                    "The force should improve its ability to retrieve digital evidence from mobile phones and tablets"
                    " quickly enough to ensure that investigations are not delayed."
                ),
                Item(
                    "The force should ensure that those who are circulated as wanted on the police national computer,"
                    " those who fail to appear on police bail, named and outstanding suspects and suspects identified"
                    " through forensic evidence are swiftly located and arrested."
                ),
            ),
            "shaded",
        ),
        Heading(Q3, question=True),
        Heading("How well does the force identify those who are vulnerable?", 2),
        Para(
            "The force moved to a new control room in March 2015. Call handlers are patient and polite. They"
            " have a set of questions to help them to recognise people at risk, but in 17 of the 40 calls we"
            " listened to they did not ask them. A woman who rang three times in one week about the same man"
            " was treated as a new caller each time."
        ),
        Para(
            "We have told the force what we found. It began to brief its staff while we were still there, and in"
            " November it put a supervisor with experience of domestic abuse on every shift."
        ),
        Para(
            "Specialist investigators deal with the gravest cases. They are well trained, they know the"
            " refuges and the charities that help victims, and the people whom we met spoke of them with"
            " respect. There are 19 of them, and each carries about 16 cases. When they are away, officers"
            " without their training take over, and contact with the victim is often lost for a week or more."
        ),
        Heading("How well does the force respond to missing children?", 2),
        Para(
            "Officers look for missing children promptly, and they talk to them afterwards. The force and its councils"
            " keep separate lists of the children who go missing most often; these lists do not agree."
        ),
        Heading("Summary of findings", 2),
        Grade("requires improvement", "box"),
        Para(
            "Lincolnshire Police requires improvement in how it protects those who are vulnerable from harm."
            " Specialist teams are skilled, but some victims never reach them. The fault is greatest at"
            " weekends, when the control room is busiest and has the fewest supervisors, and in the months"
            " when new staff are learning."
        ),
        Items(
            "cause_of_concern",
            "Cause of concern",
            (
                Item(
                    "The force’s identification of vulnerable people at the first point of contact is a cause"
                    " of concern to HMIC. Call handlers do not use the questions which they have been given,"
                    " and the force’s computer system does not show them that a person has called before. We"
                    " found calls from people at risk that had been treated as routine. This means that some"
                    " victims wait for an officer longer than is safe, and that patterns of abuse are not"
                    " recognised.",
                    groups=(
                        Group(
                            "To address this cause of concern HMIC recommends that the force should immediately take"
                            " steps to ensure that:",
                            "immediately",
                            (
                                "call handlers assess the risk to every caller, and record how they came to"
                                " their view;",
                                "earlier calls by the same person, or about the same address, are seen by whoever takes"
                                " the next one; and",
                                "supervisors listen to enough calls to know that this is being done.",
                            ),
                        ),
                    ),
                ),
            ),
            "shaded",
            recommendations="Recommendations",
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should improve its response to missing children by ensuring that it and its"
                    " partners work from one list; that the risk to each child is assessed each time; and that"
                    " what children say when they return is used to keep them safe."
                ),
            ),
            "shaded",
        ),
        Heading(Q4, question=True),
        Heading("How effectively does the force respond to serious and organised crime?", 2),
        Para(
            "Officers who work against organised crime sit beside those who work against fraud, and they share"
            " what they know each morning. The force led two operations with its neighbours in the year before"
            " our inspection. Both ended in long sentences, and one of them closed a route by which workers"
            " had been brought to the county and paid next to nothing."
        ),
        Para(
            "The force has mapped 31 organised crime groups and reviews each of them monthly. Neighbourhood"
            " officers know which of them are active on their beats. Good use is made of powers to take away"
            " what criminals have gained."
        ),
        Heading("Summary of findings", 2),
        Grade("good", "box"),
        Para(
            "Lincolnshire Police is good at tackling serious and organised crime. It can meet its national policing"
            " responsibilities, and has tested that it can."
        ),
        Items(
            "area_for_improvement",
            "Areas for improvement",
            (
                Item(
                    "The force should complete its serious and organised crime local profile, including data"
                    " from councils and health services, and ensure that a partnership group is responsible"
                    " for acting on it."
                ),
            ),
            "shaded",
        ),
        NewPage(),
        Heading("Annex A – HMIC judgments"),
        Para("The judgment categories used in this report are:"),
        Bullets(("outstanding;", "good;", "requires improvement; and", "inadequate.")),
        Para("In coming to a judgment HMIC considers whether:"),
        Bullets(
            (
                "the effectiveness of the force is good, or goes so far beyond this as to be outstanding;",
                "the effectiveness of the force requires improvement because there are some shortcomings; or",
                "the effectiveness of the force is inadequate because the shortcomings are serious.",
            )
        ),
        Para(
            "Where practice falls short of the expected standard, it is reported as an area for improvement. A cause of"
            " concern is always accompanied by one or more recommendations."
        ),
    ),
    traps=(
        "last year’s grade in the sentence after the overall judgment; a footnote lists all four grade words",
        "question grades stand twice, in the overview and in the chapters",
        "‘The force should now ask itself’ and ‘this is a cause of concern’ in prose are not items",
        "‘outstanding suspects’ inside an area for improvement; ‘inadequate supervision’ in a summary",
        "the cause of concern runs over a page, between two of its recommendations",
        "Annex A defines the four grade words in a list",
    ),
)

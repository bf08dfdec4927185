"""The kinds of findings and the grades, as the tables write them and as people say them."""

KIND_CODES = {
    "area_for_improvement": "afi",
    "cause_of_concern": "coc",
    "recommendation": "rec",
    "innovative_practice": "inn",
    "promising_practice": "pro",
}
KIND_NAMES = {  # one, several
    "area_for_improvement": ("area for improvement", "areas for improvement"),
    "cause_of_concern": ("cause of concern", "causes of concern"),
    "recommendation": ("recommendation", "recommendations"),
    "innovative_practice": ("innovative practice", "innovative practices"),
    "promising_practice": ("promising practice", "promising practices"),
}
GRADES = ("outstanding", "good", "adequate", "requires improvement", "inadequate")  # best first

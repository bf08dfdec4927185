"""The words of the specimens. Forces are real because readers must recognise them; every finding is invented."""

from content.dorset_2017 import DORSET_2017
from content.gloucestershire_2018 import GLOUCESTERSHIRE_2018
from content.lincolnshire_2015 import LINCOLNSHIRE_2015
from content.norfolk_2021 import NORFOLK_2021
from content.norfolk_2023 import NORFOLK_2023

SPECIMENS = (LINCOLNSHIRE_2015, DORSET_2017, GLOUCESTERSHIRE_2018, NORFOLK_2021, NORFOLK_2023)

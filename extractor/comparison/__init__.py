"""Year on year: is it the same problem again?"""

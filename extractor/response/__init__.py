"""The commissioner's response in Word."""

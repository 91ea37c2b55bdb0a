"""Time: clock, places, timers, alarms, reminders, commands for later, and their one store."""

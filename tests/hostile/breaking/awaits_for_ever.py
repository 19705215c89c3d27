# Awaits for ever what never comes.
# stops: own-course-setup
# %% after course_setup
import asyncio

await asyncio.Event().wait()

# Fills a list until there is no more memory, and leaves it to the cells to come.
# may stop: own-course-setup
# %% after course_setup
kept = []
while True:
    kept.append(torch.ones(2**20))

# Leaves a program that runs in the background.
# %% after course_setup
!nohup setsid sleep 60 > /dev/null 2>&1 &

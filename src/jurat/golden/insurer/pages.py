"""The money columns of the detail schedules, by their numbers, as the answers are written."""

COLUMNS: dict[str, tuple[str, ...]] = {
    page: tuple(numbers.split())
    for page, numbers in {
        "schedule_a_part1": "7 8 9 10 11 12 13 14 15 16 17",
        "schedule_a_part2": "6 7 8 9",
        "schedule_a_part3": "6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "schedule_b_part1": "8 9 10 11 12 13 14",
        "schedule_b_part2": "7 8 9",
        "schedule_b_part3": "7 8 9 10 11 12 13 14 15 16 17 18",
        "schedule_ba_part1": "10 11 12 13 14 15 16 17 18 19",
        "schedule_ba_part2": "8 9 10",
        "schedule_ba_part3": "8 9 10 11 12 13 14 15 16 17 18 19 20",
        "schedule_d_part1": "7 9 10 11 12 13 14 15 19 20",
        "schedule_d_part2_section1": "8 10 11 12 13 14 15 16 17 18 19",
        "schedule_d_part2_section2": "6 8 9 10 11 12 13 14 15 16",
        "schedule_d_part3": "7 8 9",
        "schedule_d_part4": "7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "schedule_d_part5": "8 9 10 11 12 13 14 15 16 17 18 19 20 21",
        "schedule_da_part1": "7 8 9 10 11 12 13 14 15 19 20",
        "schedule_db_part_a_section1": "11 12 13 14 16 17 18 19 20 21",
        "schedule_db_part_a_section2": "13 14 15 16 17 19 20 21 22 23 24",
        "schedule_db_part_b_section1": "13 14 15 16 17 19",
        "schedule_db_part_b_section2": "16 17",
        "schedule_dl_part1": "5 6",
        "schedule_dl_part2": "5 6",
        "schedule_e_part1": "4 5 6",
        "schedule_e_part2": "6 7 8",
    }.items()
}
"""Of every page. Dates, names, rates and prices stand in the records."""

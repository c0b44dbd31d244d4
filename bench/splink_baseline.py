"""Splink on FEBRL 4, set up as its documents teach: the columns they use, term frequencies, trained twice.

It is the baseline of `bench/people_matching.py` and no dependency of the product. The model follows the
worked example of Splink's documentation for this very data set.
"""

import time
import warnings
from typing import Any

import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

RULES = (
    ("soc_sec_id",), ("given_name", "surname"), ("given_name", "date_of_birth"), ("surname", "date_of_birth"),
    ("given_name", "postcode"), ("surname", "postcode"), ("date_of_birth", "postcode"),
    ("street_number", "postcode"), ("date_of_birth", "suburb"),
)  # fmt: skip


def scored_pairs(originals: Any, copies: Any) -> tuple[list[tuple[float, int, int]], float]:
    """((match weight, number of the original, of the copy), likeliest first; and the seconds of it all."""
    warnings.simplefilter("ignore")
    began = time.perf_counter()
    api = DuckDBAPI()
    tables = [
        api.register(table.reset_index().assign(rec_id=table.index), dataset_display_name=name)
        for table, name in ((originals, "originals"), (copies, "copies"))
    ]
    linker = Linker(tables, _settings(), log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=0.8
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for column in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(column), estimate_without_term_frequencies=True, record_sample_proportion=1.0
        )
    found = linker.inference.predict(threshold_match_weight=-5).as_pandas_dataframe()
    seconds = time.perf_counter() - began
    pairs = [
        (weight, *sorted((left, right), key=lambda rec_id: "dup" in rec_id))
        for weight, left, right in zip(
            found["match_weight"], found["rec_id_l"], found["rec_id_r"], strict=True
        )
    ]
    numbered = ((weight, int(one.split("-")[1]), int(other.split("-")[1])) for weight, one, other in pairs)
    return sorted(numbered, reverse=True), seconds


def _settings() -> SettingsCreator:
    return SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in RULES],
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
    )

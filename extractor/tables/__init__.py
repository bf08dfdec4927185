"""Records to Parquet and back; the only pyarrow and fsspec."""

//! Nothing: the benchmarks stand in `stages.rs`, the measurement of the whole in `scale.sh`.

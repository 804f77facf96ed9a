//! Writing a table as Parquet, row by row, with bounded memory. Text and whole numbers are all that
//! the tables of da06 hold.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, RecordBatch,
    builder::{Int64Builder, StringBuilder},
};
use arrow_schema::{DataType, Field, Schema};
use parquet::{
    arrow::ArrowWriter,
    basic::Compression,
    file::properties::{WriterProperties, WriterVersion},
};

use super::ArchiveError;

/// Rows that are gathered before they are encoded.
const ROWS_A_BATCH: usize = 8_192;
/// Rows of a row group: as many as are in memory, encoded, at a time.
const ROWS_A_GROUP: usize = 131_072;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words and codes; codes keep their leading zeros.
    Text,
    /// Words that no two rows share: ids.
    Unique,
    /// Whole numbers.
    Whole,
}

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Words.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// Nothing.
    Nothing,
}

/// Writes a table into memory.
pub struct TableWriter {
    schema: Arc<Schema>,
    writer: ArrowWriter<Vec<u8>>,
    columns: Vec<Builder>,
    rows: usize,
}

enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
}

impl TableWriter {
    /// Starts a table with these columns.
    pub fn new(columns: &[(&str, Kind)]) -> Result<Self, ArchiveError> {
        let field = |&(name, kind): &(&str, Kind)| match kind {
            Kind::Text | Kind::Unique => Field::new(name, DataType::Utf8, true),
            Kind::Whole => Field::new(name, DataType::Int64, true),
        };
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let mut properties = WriterProperties::builder()
            .set_created_by("da06".to_owned())
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROWS_A_GROUP));
        for (name, _) in columns.iter().filter(|(_, kind)| *kind == Kind::Unique) {
            properties = properties.set_column_dictionary_enabled((*name).into(), false);
        }
        let properties = Some(properties.build());
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), properties)
            .map_err(write_error)?;
        let columns = columns
            .iter()
            .map(|(_, kind)| match kind {
                Kind::Text | Kind::Unique => Builder::Text(StringBuilder::new()),
                Kind::Whole => Builder::Whole(Int64Builder::new()),
            })
            .collect();
        Ok(Self { schema, writer, columns, rows: 0 })
    }

    /// Adds a row with one value a column; a value of the other kind counts as nothing.
    pub fn push(&mut self, row: &[Value<'_>]) -> Result<(), ArchiveError> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            match (column, value) {
                (Builder::Text(column), Value::Text(text)) => column.append_value(text),
                (Builder::Text(column), _) => column.append_null(),
                (Builder::Whole(column), Value::Whole(number)) => column.append_value(*number),
                (Builder::Whole(column), _) => column.append_null(),
            }
        }
        self.rows += 1;
        if self.rows == ROWS_A_BATCH { self.flush() } else { Ok(()) }
    }

    /// Returns the bytes of the file.
    pub fn finish(mut self) -> Result<Vec<u8>, ArchiveError> {
        self.flush()?;
        self.writer.into_inner().map_err(write_error)
    }

    fn flush(&mut self) -> Result<(), ArchiveError> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        let arrays = self
            .columns
            .iter_mut()
            .map(|column| match column {
                Builder::Text(column) => Arc::new(column.finish()) as ArrayRef,
                Builder::Whole(column) => Arc::new(column.finish()) as ArrayRef,
            })
            .collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(|error| ArchiveError::Write(Box::new(error)))?;
        self.writer.write(&batch).map_err(write_error)
    }
}

fn write_error(error: parquet::errors::ParquetError) -> ArchiveError {
    ArchiveError::Write(Box::new(error))
}

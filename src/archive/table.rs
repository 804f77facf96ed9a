//! Writing a table as Parquet, row by row, with bounded memory; its columns are encoded side by side.
//! Text and whole numbers are all that the tables of da06 hold.

use std::{mem, sync::Arc};

use arrow_array::{
    ArrayRef,
    builder::{Int64Builder, StringBuilder},
};
use arrow_schema::{DataType, Field, Schema};
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves},
    },
    basic::Compression,
    errors::ParquetError,
    file::{
        properties::{WriterProperties, WriterVersion},
        writer::SerializedFileWriter,
    },
};

use super::ArchiveError;
use crate::crew::{Crew, side_by_side};

/// Rows that are gathered before they are encoded.
const ROWS_A_BATCH: usize = 8_192;
/// Batches of a row group: as many as are in memory, encoded, at a time.
const BATCHES_A_GROUP: usize = 16;

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
pub struct TableWriter<'c> {
    crew: &'c dyn Crew,
    schema: Arc<Schema>,
    file: SerializedFileWriter<Vec<u8>>,
    groups: ArrowRowGroupWriterFactory,
    /// The row group that is being written, column by column; empty between two.
    group: Vec<ArrowColumnWriter>,
    batches: usize,
    columns: Vec<Builder>,
    rows: usize,
}

enum Builder {
    Text(StringBuilder),
    Whole(Int64Builder),
}

impl<'c> TableWriter<'c> {
    /// Starts a table with these columns, which the crew encodes.
    pub fn new(columns: &[(&str, Kind)], crew: &'c dyn Crew) -> Result<Self, ArchiveError> {
        let field = |&(name, kind): &(&str, Kind)| match kind {
            Kind::Text | Kind::Unique => Field::new(name, DataType::Utf8, true),
            Kind::Whole => Field::new(name, DataType::Int64, true),
        };
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let mut properties = WriterProperties::builder()
            .set_created_by("da06".to_owned())
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY);
        for (name, _) in columns.iter().filter(|(_, kind)| *kind == Kind::Unique) {
            properties = properties.set_column_dictionary_enabled((*name).into(), false);
        }
        let properties = Some(properties.build());
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), properties);
        let (file, groups) =
            writer.and_then(ArrowWriter::into_serialized_writer).map_err(write_error)?;
        let columns = columns
            .iter()
            .map(|(_, kind)| match kind {
                Kind::Text | Kind::Unique => Builder::Text(StringBuilder::new()),
                Kind::Whole => Builder::Whole(Int64Builder::new()),
            })
            .collect();
        Ok(Self { crew, schema, file, groups, group: Vec::new(), batches: 0, columns, rows: 0 })
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
        self.end_group().map_err(write_error)?;
        self.file.into_inner().map_err(write_error)
    }

    fn flush(&mut self) -> Result<(), ArchiveError> {
        if self.rows > 0 {
            self.rows = 0;
            self.encode().map_err(write_error)?;
            self.batches += 1;
        }
        if self.batches == BATCHES_A_GROUP { self.end_group().map_err(write_error) } else { Ok(()) }
    }

    /// Encodes the rows that were gathered.
    fn encode(&mut self) -> Result<(), ParquetError> {
        if self.group.is_empty() {
            self.group = self.groups.create_column_writers(self.file.flushed_row_groups().len())?;
        }
        let columns = self.group.iter_mut().zip(&mut self.columns).zip(self.schema.fields());
        let encode = columns.map(|((writer, column), field)| {
            || {
                let leaves = compute_leaves(field, &column.take())?;
                leaves.iter().try_for_each(|leaf| writer.write(leaf))
            }
        });
        side_by_side(self.crew, encode).into_iter().collect()
    }

    /// Writes the row group that was begun.
    fn end_group(&mut self) -> Result<(), ParquetError> {
        self.batches = 0;
        if self.group.is_empty() {
            return Ok(());
        }
        let columns = mem::take(&mut self.group).into_iter();
        let chunks = side_by_side(self.crew, columns.map(|column| move || column.close()));
        let mut group = self.file.next_row_group()?;
        for chunk in chunks {
            chunk?.append_to_row_group(&mut group)?;
        }
        group.close().map(drop)
    }
}

impl Builder {
    /// Returns the cells that were gathered.
    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Whole(column) => Arc::new(column.finish()),
        }
    }
}

fn write_error(error: ParquetError) -> ArchiveError {
    ArchiveError::Write(Box::new(error))
}

//! A source and a sink of one's own: weather stations that report now and then, and a table that takes many
//! rows with one statement.

use std::fmt::{self, Display};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use flow::error::BoxError;
use flow::prelude::*;
use flow::sinks::BatchSink;
use flow::sources::{Batch, Partition, Partitioned, PartitionedSource, Source, SourceStatus};
use flow::time::SimulatedTime;

fn main() -> Result<(), flow::Error> {
    println!("from the beginning:");
    read(Partitioned::new(Stations))?;
    println!("from where a reader has stopped:");
    read(Partitioned::new(Stations).from_positions([("north", 2), ("south", 1)]))?;
    Ok(())
}

/// Reads the stations and fills the table, in a time that does not make anybody wait.
fn read(stations: Partitioned<Stations>) -> Result<(), flow::Error> {
    let flow = dataflow! {
        let reports = input(stations);
        let rows = reports.map(|report| report.to_string());
        rows.output(Table { rows: 0 });
    };
    flow.run_in(SimulatedTime::starting_at(noon())).map(drop)
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2022, 1, 1, 12, 0, 0).unwrap()
}

/// What a station says.
struct Report {
    station: String,
    time: DateTime<Utc>,
    degrees: i32,
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.time.format("%H:%M"), self.station, self.degrees)
    }
}

/// The source: a partition for each station.
struct Stations;

impl PartitionedSource for Stations {
    type Part = Station;

    fn list_parts(&mut self) -> Result<Vec<String>, BoxError> {
        Ok(vec!["north".to_owned(), "south".to_owned()])
    }

    /// Calls a station; `position` is how many of its reports have been read before.
    fn build_part(&mut self, name: &str, position: Option<usize>) -> Result<Station, BoxError> {
        let (minutes, degrees) = match name {
            "north" => (10, vec![-3, -2, -2, 0]),
            "south" => (25, vec![7, 8]),
            _ => return Err("nobody has heard of this station".into()),
        };
        let interval = TimeDelta::minutes(minutes);
        Ok(Station { name: name.to_owned(), interval, degrees, next: position.unwrap_or(0) })
    }
}

/// A station, which reports from noon on in regular intervals.
struct Station {
    name: String,
    interval: TimeDelta,
    degrees: Vec<i32>,
    next: usize,
}

impl Source for Station {
    type Item = Report;

    /// Gives the reports whose time has come, and says when the next one will be there.
    fn next_batch(&mut self, batch: &mut Batch<'_, Report>) -> Result<SourceStatus, BoxError> {
        while let Some(degrees) = self.degrees.get(self.next) {
            let time = noon() + self.interval * i32::try_from(self.next)?;
            if time > batch.now() {
                return Ok(SourceStatus::IdleUntil(time));
            }
            if batch.is_full() {
                return Ok(SourceStatus::Ready);
            }
            batch.push(Report { station: self.name.clone(), time, degrees: *degrees });
            self.next += 1;
        }
        Ok(SourceStatus::Ended)
    }
}

impl Partition for Station {
    type Position = usize;

    fn position(&self) -> usize {
        self.next
    }
}

/// The sink: a table.
struct Table {
    rows: usize,
}

impl BatchSink<String> for Table {
    fn write_batch(&mut self, rows: &mut Vec<String>) -> Result<(), BoxError> {
        self.rows += rows.len();
        println!("  insert {}", rows.join(", "));
        Ok(())
    }

    fn close(&mut self) -> Result<(), BoxError> {
        println!("  commit {} rows", self.rows);
        Ok(())
    }
}

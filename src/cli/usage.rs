//! Parsing what was typed, with help and mistakes in Vietnamese: clap's own words are English, so
//! its templates are replaced and its errors are told from their kind.

use std::ffi::OsString;

use clap::{
    Arg, ArgAction, Command, CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::args::Arguments;

/// Why there is nothing to run.
pub(super) enum Stop {
    /// Help or the version was asked for.
    Help(String),
    /// What was typed is wrong.
    Mistake {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

const EXIT_CODES: &str = "\
Mã thoát:
  0  xong, không có gì phải sửa
  1  xong, nhưng cần người xử lý (đơn vị chưa gửi, bị từ chối, phải sửa; measure: có điều không đạt)
  2  không chạy được hoặc không xong; không có tệp nào được ghi";

/// Returns what was typed, or why there is nothing to run.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Stop> {
    let matches = command().try_get_matches_from(arguments);
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| tell(&error))
}

/// Returns the completion script of a shell.
pub(super) fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "da06", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Returns the command line with Vietnamese help.
fn command() -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help("In phiên bản");
    localise(Arguments::command().arg(version), "da06")
        .override_usage("da06 [TÙY CHỌN] <LỆNH>")
        .after_help(EXIT_CODES)
        .subcommand_required(true)
}

fn localise(command: Command, path: &str) -> Command {
    let has_commands = command.has_subcommands();
    let names = command.get_positionals().filter_map(Arg::get_value_names);
    let positionals = names.flatten().fold(String::new(), |line, name| format!("{line} [{name}]"));
    let help =
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help("In hướng dẫn này");
    let template = if has_commands {
        "{about-with-newline}\nCách dùng: {usage}\n\nLệnh:\n{subcommands}\n\nTùy chọn:\n{options}\n\n{after-help}"
    } else if positionals.is_empty() {
        "{about-with-newline}\nCách dùng: {usage}\n\nTùy chọn:\n{options}"
    } else {
        "{about-with-newline}\nCách dùng: {usage}\n\nĐối số:\n{positionals}\n\nTùy chọn:\n{options}"
    };
    let parent = path.to_owned();
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(help)
        .help_template(template)
        .override_usage(format!("{path} [TÙY CHỌN]{positionals}"))
        .mut_args(|argument| {
            let takes_value = argument.get_action().takes_values();
            argument.hide_default_value(takes_value).hide_possible_values(takes_value)
        })
        .mut_subcommands(move |command| {
            let path = format!("{parent} {}", command.get_name());
            localise(command, &path)
        })
}

fn tell(error: &clap::Error) -> Stop {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Stop::Help(error.render().to_string());
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("`, `"),
        _ => String::new(),
    };
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "chưa nêu lệnh cần chạy".to_owned()
        }
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh `{}`", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("không có tùy chọn `{argument}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` thiếu giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị `{value}` của `{argument}` không hợp lệ{}", expected(&argument))
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu `{argument}`"),
        ErrorKind::ArgumentConflict => format!("`{argument}` được nêu hai lần"),
        _ => "dòng lệnh không đúng".to_owned(),
    };
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg]
        .into_iter()
        .map(text)
        .find(|suggestion| !suggestion.is_empty());
    let hint = match suggested {
        Some(suggestion) => format!("có phải `{suggestion}`? Xem `da06 --help`"),
        None => "xem `da06 --help`".to_owned(),
    };
    Stop::Mistake { message, hint }
}

fn expected(argument: &str) -> &'static str {
    if argument.contains("KỲ") {
        "; kỳ viết theo mẫu 2024-03"
    } else if argument.contains("NGÀY") {
        "; ngày viết theo mẫu 2024-03-20"
    } else if argument.contains("number") {
        "; số của văn bản viết bằng chữ số, từ 1 trở lên"
    } else if argument.contains("jobs") {
        "; cần một số nguyên không âm"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(line: &str) -> String {
        match parse(line.split(' ').map(OsString::from)) {
            Err(Stop::Mistake { message, hint }) => format!("{message} | {hint}"),
            Err(Stop::Help(text)) => format!("help: {text}"),
            Ok(_) => "fine".to_owned(),
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn mistakes_are_told_in_vietnamese() {
        let cases = [
            ("da06", "chưa nêu lệnh cần chạy | xem `da06 --help`"),
            ("da06 rum", "không có lệnh `rum` | có phải `run`? Xem `da06 --help`"),
            (
                "da06 run --perod 2024-03",
                "không có tùy chọn `--perod` | có phải `--period`? Xem `da06 --help`",
            ),
            (
                "da06 run --period 03-2024",
                "giá trị `03-2024` của `--period <KỲ>` không hợp lệ; kỳ viết theo mẫu 2024-03 | xem `da06 --help`",
            ),
            (
                "da06 run --as-of 15/3/2024",
                "giá trị `15/3/2024` của `--as-of <NGÀY>` không hợp lệ; ngày viết theo mẫu 2024-03-20 | xem `da06 --help`",
            ),
            (
                "da06 run --jobs x",
                "giá trị `x` của `--jobs <SỐ>` không hợp lệ; cần một số nguyên không âm | xem `da06 --help`",
            ),
            (
                "da06 run --number 15a",
                "giá trị `15a` của `--number <SỐ>` không hợp lệ; số của văn bản viết bằng chữ số, từ 1 trở lên | xem `da06 --help`",
            ),
            ("da06 run --number 05", "fine"),
            ("da06 run --period", "`--period <KỲ>` thiếu giá trị | xem `da06 --help`"),
            ("da06 measure", "thiếu `<TỆP PDF>` | xem `da06 --help`"),
            ("da06 trace", "thiếu `<SỐ LIỆU>...` | xem `da06 --help`"),
            ("da06 run --period 2024-03", "fine"),
        ];
        for (line, expected) in cases {
            assert_eq!(mistake(line), expected, "{line}");
        }
    }

    #[test]
    fn help_has_no_english_frame() {
        for line in ["da06 --help", "da06 run --help", "da06 measure -h", "da06 init -h"] {
            let help = mistake(line);
            for word in ["Usage", "Options", "Commands", "Arguments", "Print", "default", "OPTIONS"]
            {
                assert!(!help.contains(word), "{line}: {help}");
            }
        }
    }
}

//! What commands, arguments and values are for, and the headings over them.

/// What each command does, by its path.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("", "找出 OCR 和 PDF 提取在中文报纸文章中造成的错误，并予以修复"),
    ("check", "报告文件和文件夹中的问题"),
    ("outline", "显示文件的标题结构"),
    ("organisations", "列出文件中出现的机构"),
    ("explain", "解释一条规则"),
    ("rules", "列出全部规则"),
    ("config", "显示生效的设置，或配置文件的 JSON Schema"),
    ("config schema", "输出 article-lsp.toml 的 JSON Schema"),
    ("completions", "输出用于 shell 补全命令和选项的脚本"),
    ("man", "输出手册页"),
    ("serve", "在标准输入和标准输出上运行语言服务器"),
    ("help", "显示本帮助，或某个命令的帮助"),
];

/// The Chinese of one argument.
pub(super) struct Text {
    /// The path of its command; empty for those that every command has.
    pub command: &'static str,
    pub id: &'static str,
    /// What it is for. What follows an empty line is for the long help.
    pub help: &'static str,
    /// What its values mean, where they are words.
    pub values: &'static [(&'static str, &'static str)],
}

const fn text(command: &'static str, id: &'static str, help: &'static str) -> Text {
    Text { command, id, help, values: &[] }
}

/// What each argument is for.
pub(super) const ARGUMENTS: &[Text] = &[
    text("", "help", "显示帮助（-h 为摘要，--help 为详情）"),
    text("", "version", "显示版本"),
    Text {
        values: &[("auto", "在终端中使用，设置了 NO_COLOR 时除外"), ("always", "总是使用"), ("never", "从不使用")],
        ..text("", "color", "何时使用颜色")
    },
    Text {
        values: &[("en", "English"), ("zh", "中文")],
        ..text("", "lang", "消息的语言；未指定时先按配置文件，再按系统区域设置")
    },
    text("", "config", "使用该配置文件，而不是最近的 article-lsp.toml"),
    text("", "no_config", "不使用任何配置文件"),
    text("check", "paths", "文件和文件夹；- 表示标准输入；未指定时为当前文件夹"),
    text("check", "files_from", "从该文件读取路径，每行一个或以 NUL 分隔；- 表示标准输入"),
    text("check", "stdin_filename", "标准输入的名称，决定其类型和适用的设置"),
    text("check", "since", "只检查与该 git 版本不同的文件，包括新文件"),
    text("check", "changed", "只检查与最近一次提交不同的文件；同 --since HEAD"),
    text("check", "force_exclude", "配置或 .article-lsp-ignore 排除的文件，即使点名也不检查"),
    text(
        "check",
        "format",
        "输出格式；“格式=文件”写入文件；可指定多个（可选：human、concise、grouped、json、json-lines、\
         github、gitlab、sarif、junit、checkstyle、rdjson）",
    ),
    text("check", "output_file", "把输出写入该文件"),
    text("check", "statistics", "不列出问题，只按规则计数，输出表格或 JSON"),
    text("check", "profile", "在标准错误上报告每条规则的耗时"),
    text("check", "cache", "把结果保存在该文件夹中，以后只分析有变化的文件"),
    text("check", "select", "只运行这些规则"),
    text("check", "extend_select", "运行这些规则，即使配置已将其关闭"),
    text("check", "ignore", "不运行这些规则"),
    text(
        "check",
        "across_files",
        "段落若也见于该文件夹的其他文件，予以报告\n\n文件夹中每个段落最多占用 160 字节内存。",
    ),
    text("check", "baseline", "不报告该文件中记录的问题"),
    text("check", "write_baseline", "把发现的问题记入 --baseline 指定的文件"),
    text("check", "fix", "应用可靠的修复，然后报告余下的问题"),
    text("check", "unsafe_fixes", "也应用须人工确认的修复；与 --fix、--fix-only 或 --diff 同用"),
    text("check", "fix_only", "应用修复，不报告问题"),
    text("check", "diff", "以 diff 显示修复将作的改动，不写入文件"),
    Text {
        values: &[("error", "仅错误"), ("warning", "警告和错误"), ("information", "任何问题"), ("never", "从不")],
        ..text("check", "fail_on", "问题达到哪一级别时退出码为 1；未指定时先按配置文件，再按 warning")
    },
    text("check", "exit_zero", "无论发现什么，退出码均为 0；同 --fail-on never"),
    text("check", "max_findings", "达到该级别的问题多于此数时，退出码才为 1"),
    text("outline", "file", "文件；- 表示标准输入"),
    Text { values: &[("human", "树状结构"), ("json", "JSON")], ..text("outline", "format", "输出格式") },
    text("organisations", "paths", "文件和文件夹；- 表示标准输入"),
    Text {
        values: &[("human", "表格"), ("json", "JSON"), ("csv", "逗号分隔的值，每个机构一行")],
        ..text("organisations", "format", "输出格式")
    },
    text("explain", "rule", "规则名称"),
    Text {
        values: &[("human", "表格"), ("json", "JSON，含两种语言的文档"), ("markdown", "Markdown 表格")],
        ..text("rules", "format", "输出格式")
    },
    text("config", "show_origin", "说明每项设置来自何处"),
    text("config", "file", "该文件适用的设置；未指定时为当前文件夹的设置"),
    text("completions", "shell", "shell 的名称"),
    text("serve", "stdio", "经标准输入和标准输出通信：唯一的方式，供要求写明的客户端使用"),
    text("serve", "client_process_id", "该进程结束时，服务器随之结束"),
];

/// The headings of the help.
pub(super) const HEADINGS: &[(&str, &str)] = &[
    ("Files", "文件"),
    ("Output", "输出"),
    ("Rules", "规则"),
    ("Fixes", "修复"),
    ("Exit code", "退出码"),
    (GLOBAL, "通用选项"),
];

/// The heading over what every command has.
pub(super) const GLOBAL: &str = "Global options";

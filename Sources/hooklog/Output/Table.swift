/// Rows of text under headings, aligned for reading.
struct Table: Sendable {
    /// One column.
    struct Column: Sendable, ExpressibleByStringLiteral {
        let heading: String
        private(set) var isNumeric = false

        /// Creates a column whose cells stand at the left.
        init(stringLiteral heading: String) {
            self.heading = heading
        }

        /// Returns a column whose cells stand at the right, as numbers should.
        static func number(_ heading: String) -> Column {
            var column = Column(stringLiteral: heading)
            column.isNumeric = true
            return column
        }
    }

    private let columns: [Column]
    private let rows: [[String]]
    private let emptyText: String

    /// Creates a table.
    ///
    /// - Parameter emptyText: What stands in its place when there are no rows: a sentence with the next step.
    init(_ columns: [Column], rows: [[String]], emptyText: String) {
        self.columns = columns
        self.rows = rows.map { $0.map(Self.printable) }
        self.emptyText = emptyText
    }

    /// Returns the lines without a newline at the end and without spaces at their ends.
    func text(emphasisesHeadings: Bool = false) -> String {
        guard !rows.isEmpty else { return emptyText }
        let heading = line(columns.map(\.heading))
        let lines = rows.map(line)
        return ([emphasisesHeadings ? "\u{1B}[1m\(heading)\u{1B}[0m" : heading] + lines).joined(separator: "\n")
    }

    private var widths: [Int] {
        columns.indices.map { index in
            rows.reduce(columns[index].heading.count) { max($0, $1[index].count) }
        }
    }

    private func line(_ cells: [String]) -> String {
        let padded = zip(zip(columns, widths), cells).map { column, cell in
            let space = String(repeating: " ", count: column.1 - cell.count)
            return column.0.isNumeric ? space + cell : cell + space
        }
        let text = padded.joined(separator: "  ")
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    /// Returns the text without control characters, with which foreign data could command a terminal.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory.isPrintable ? $0 : "\u{FFFD}" }
            )
        )
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isPrintable: Bool {
        switch self {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

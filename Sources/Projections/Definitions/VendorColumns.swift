/// What one vendor's objects are in a table of the directory that several vendors have: the kinds that are read, and the
/// columns that the vendor spells otherwise.
///
///     -- reads: acme/person
///     SELECT
///         hooklog.person_name(document, 'firstName', 'lastName') AS name
///
/// In these files, and in the table's own, each column begins on a line of its own and ends a line with `AS name`.
struct VendorColumns {
    private typealias Column = (name: Substring, expression: String)

    let vendor: String
    let file: String
    let text: String

    /// The text of the table with what the vendors' objects are in it.
    ///
    /// Throws `invalidFile` for a column that the table does not have.
    static func added(_ vendors: [VendorColumns], to table: String) throws(ProjectionError) -> String {
        var columns = columns(of: table)
        for (index, column) in columns.enumerated() {
            let own = vendors.flatMap { vendor in
                Self.columns(of: vendor.text).filter { $0.name == column.name }.map { (vendor.vendor, $0.expression) }
            }
            guard !own.isEmpty else { continue }
            let cases = own.map { "WHEN '\($0)' THEN \($1)" } + ["ELSE \(column.expression)"]
            columns[index].expression = "CASE system \(cases.joined(separator: " ")) END"
        }
        for vendor in vendors {
            let unknown = Self.columns(of: vendor.text).first { own in !columns.contains { $0.name == own.name } }
            guard unknown == nil else {
                throw ProjectionError(
                    invalidFile: vendor.file,
                    line: nil,
                    "the table has no column \(unknown?.name ?? "")"
                )
            }
        }
        let head = header(of: table) + vendors.flatMap { header(of: $0.text) }
        let list = columns.map { "    \($0.expression) AS \($0.name)" }.joined(separator: ",\n")
        return head.joined(separator: "\n") + "\nSELECT\n" + list + "\n"
    }

    private static func header(of text: String) -> [Substring] {
        text.split(separator: "\n").prefix { $0.hasPrefix("--") }
    }

    private static func columns(of text: String) -> [Column] {
        var columns: [Column] = []
        var lines: [String] = []
        for line in text.split(separator: "\n").drop(while: { $0.hasPrefix("--") || $0 == "SELECT" }) {
            guard let end = line.firstMatch(of: /\ AS (\w+),?$/) else {
                lines.append(line.trimmed)
                continue
            }
            lines.append(line[..<end.range.lowerBound].trimmed)
            columns.append((end.output.1, lines.joined(separator: " ")))
            lines = []
        }
        return columns
    }
}

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

    /// The vendor; empty for the table itself.
    let vendor: String
    let file: String
    let text: String

    /// The text of the table with what the vendors' objects are in it.
    ///
    /// Throws `invalidFile` for a column that the table does not have, or that does not end with its name.
    static func added(_ vendors: [VendorColumns], to table: VendorColumns) throws(ProjectionError) -> String {
        let usual = try table.columns()
        var cases = [[String]](repeating: [], count: usual.count)
        for vendor in vendors {
            for column in try vendor.columns() {
                guard let index = usual.firstIndex(where: { $0.name == column.name }) else {
                    throw ProjectionError(invalidFile: vendor.file, line: nil, "the table has no column \(column.name)")
                }
                cases[index].append("WHEN '\(vendor.vendor)' THEN \(column.expression)")
            }
        }
        let columns = zip(usual, cases).map { column, cases in
            let choice = "CASE system \((cases + ["ELSE \(column.expression)"]).joined(separator: " ")) END"
            return "    \(cases.isEmpty ? column.expression : choice) AS \(column.name)"
        }
        let head = ([table] + vendors).flatMap(\.header).joined(separator: "\n")
        return head + "\nSELECT\n" + columns.joined(separator: ",\n") + "\n"
    }

    private var header: ArraySlice<Substring> { text.split(separator: "\n").prefix { $0.hasPrefix("--") } }

    private func columns() throws(ProjectionError) -> [Column] {
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
        guard lines.isEmpty else {
            throw ProjectionError(invalidFile: file, line: nil, "the last column does not end with AS and its name")
        }
        return columns
    }
}

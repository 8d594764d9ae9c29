import Postgres

/// The SQL files of the repository's `sql/` folder, compiled into the binary.
package enum SQLLibrary {
    /// What a session that works on logs is told about planning; for ``PostgresConfiguration/sessionStatements``.
    package static let tellPlanner = query("tell_planner")

    /// The paths of the files below `folder`, relative to `sql/`, in ascending order.
    package static func paths(in folder: String) -> [String] {
        embedded.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
    }

    /// The files that make functions: those of the product, then those of the vendors.
    package static let functionPaths =
        paths(in: "functions") + paths(in: "connectors").filter { $0.split(separator: "/").count < 4 }

    /// The text of the file at `path`, relative to `sql/`; `nil` when there is none.
    ///
    /// A template's is that of all it stands for; functions have their search path.
    package static func text(_ path: String) -> String? {
        embedded[path].map { settingSearchPath(SQLTemplate.expanded($0, paths: embedded.keys)) }
    }

    /// Says of the functions in a text that they find PostgreSQL's own functions, whatever the session's search path is.
    ///
    /// It stands in the statement that makes a function, so that none is ever without it: of those that run with their
    /// owner's rights, and of those in PL/pgSQL but for what is `PARALLEL SAFE`: that is asked of every event, or every
    /// value, and setting it would cost more than the work. One in SQL may be made a part of the statement that calls it,
    /// which a setting would forbid.
    private static func settingSearchPath(_ text: String) -> String {
        let setting: Substring = "SET search_path = pg_catalog, pg_temp\n"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.hasPrefix("LANGUAGE ") else { return line }
            let isLarge = line.hasPrefix("LANGUAGE plpgsql ") && !line.contains("PARALLEL SAFE")
            return isLarge || line.contains("SECURITY DEFINER") ? setting + line : line
        }
        return lines.joined(separator: "\n")
    }

    /// The statement in `sql/queries/<name>.sql`, under that name in error texts and as a prepared statement.
    ///
    /// The files are part of the binary, so a name without a file is a mistake in the program.
    package static func query(_ name: String) -> PostgresStatement {
        guard let text = embedded["queries/\(name).sql"] else {
            preconditionFailure("There is no sql/queries/\(name).sql in this build.")
        }
        return PostgresStatement(name: name, sql: text)
    }

    /// The statement in `sql/queries/<frame>.sql` with that of `sql/queries/<rows>.sql` where the frame says `<rows>`; under
    /// the name of the latter.
    package static func query(_ frame: String, of rows: String) -> PostgresStatement {
        PostgresStatement(name: rows, sql: SQLTemplate.filled(query(frame).sql, with: ["rows": query(rows).sql[...]]))
    }

    /// The statement that calls a function of the schema `hooklog` and gives back what it returns, under the function's name.
    ///
    /// The file of the function says what its arguments are and what comes back; a single value comes back as `result`.
    package static func call(_ function: String, _ argumentCount: Int) -> PostgresStatement {
        let arguments = (0..<argumentCount).map { "$\($0 + 1)" }.joined(separator: ", ")
        let sql = SQLTemplate.filled(query("call").sql, with: ["function": function[...], "arguments": arguments[...]])
        return PostgresStatement(name: function, sql: sql)
    }

    /// The statement that answers a request with what a function of the schema `hooklog` gives back, under its name.
    ///
    /// That is an outcome, and the answer's JSON when it is `ok`. The function is not called when the request's key is wrong;
    /// the outcome says so then. The key's three parameters come first; the function is told the workspace, which data the
    /// key sees, and what follows the key.
    ///
    /// - Parameters:
    ///   - argumentCount: How many parameters follow the key.
    ///   - check: The function that checks the key.
    ///   - checkedCount: How many of what follows the key are for the check too.
    package static func answer(
        _ function: String,
        _ argumentCount: Int,
        checkedBy check: String = "authenticate",
        _ checkedCount: Int = 0
    ) -> PostgresStatement {
        let arguments = (0..<argumentCount).map { ", $\($0 + 4)" }
        let words: [Substring: Substring] = [
            "function": function[...], "arguments": arguments.joined(separator: "")[...],
            "check": check[...], "checked": arguments.prefix(checkedCount).joined(separator: "")[...],
        ]
        return PostgresStatement(name: function, sql: SQLTemplate.filled(query("answer").sql, with: words))
    }
}

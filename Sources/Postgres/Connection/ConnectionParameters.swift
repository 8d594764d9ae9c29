import CLibpq
import Foundation

/// The keywords and values that a connection is started with.
///
/// Values before `dbname` are defaults that the connection string overrides; values after it override the string.
struct ConnectionParameters {
    private(set) var pairs: [(keyword: String, value: String)]

    /// Throws `invalidConfiguration` when libpq cannot parse the connection string.
    init(_ configuration: PostgresConfiguration, environment: [String: String]) throws(PostgresError) {
        let given = try Self.parse(configuration.connectionString)
        pairs = [
            ("fallback_application_name", configuration.applicationName), ("keepalives", "1"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "5000"),
        ]
        if !configuration.connectionString.isEmpty {
            pairs.append(("dbname", configuration.connectionString))
        }
        pairs.append(("client_encoding", "UTF8"))
        pairs.append(("options", Self.options(merging: given["options"] ?? environment["PGOPTIONS"])))
    }

    /// Server settings: those in front yield to the user's, those behind do not.
    private static func options(merging users: String?) -> String {
        let yielding = [
            "tcp_keepalives_idle=5", "tcp_keepalives_interval=2", "tcp_keepalives_count=3", "tcp_user_timeout=10000",
        ]
        let fixed = ["TimeZone=UTC", #"default_transaction_isolation=read\ committed"#]
        let parts = yielding.map { "-c \($0)" } + [users ?? ""] + fixed.map { "-c \($0)" }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The values that the connection string states; a bare database name states none.
    private static func parse(_ connectionString: String) throws(PostgresError) -> [String: String] {
        let isURI = ["postgres://", "postgresql://"].contains { connectionString.hasPrefix($0) }
        guard isURI || connectionString.contains("=") else { return [:] }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &message) else {
            // libpq's message may quote the password.
            PQfreemem(message)
            throw PostgresError(.invalidConfiguration, nothingWasSent: true)
        }
        defer { PQconninfoFree(options) }
        return values(of: options)
    }

    /// The values in libpq's options by keyword.
    static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// These parameters with others behind them, which override.
    func adding(_ others: [(keyword: String, value: String)]) -> ConnectionParameters {
        var parameters = self
        parameters.pairs += others
        return parameters
    }

    /// These parameters for one host and one kind of session alone.
    func naming(_ host: ServerHost, sessionKind: String?) -> ConnectionParameters {
        let others = [
            ("host", host.name), ("hostaddr", host.address), ("port", host.port), ("target_session_attrs", sessionKind),
        ]
        return adding(others.compactMap { keyword, value in value.map { (keyword: keyword, value: $0) } })
    }
}

extension ConnectionParameters {
    /// Calls `body` with the null-terminated arrays of C strings that libpq takes.
    func withCStrings<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        let keywordCopies = pairs.map { strdup($0.keyword) }
        let valueCopies = pairs.map { strdup($0.value) }
        defer { (keywordCopies + valueCopies).forEach { free($0) } }
        let keywordPointers = keywordCopies.map { UnsafePointer<CChar>($0) } + [nil]
        let valuePointers = valueCopies.map { UnsafePointer<CChar>($0) } + [nil]
        return body(keywordPointers, valuePointers)
    }
}

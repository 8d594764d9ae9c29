/// How connections are opened and what their sessions are like.
package struct PostgresConfiguration: Sendable {
    /// A libpq URI or `key=value` pairs; what it leaves out comes from `PG…` variables and libpq's defaults.
    package var connectionString: String
    /// The name shown in `pg_stat_activity`, unless the connection string or `PGAPPNAME` gives one.
    package var applicationName = "hooklog"
    /// The longest time to open a connection, over all its hosts; longer where the connection string's own
    /// `connect_timeout`, which counts for each host, adds up to more.
    package var connectTimeout: Duration = .seconds(15)
    /// The deadline of calls that state none; nil means no limit.
    package var statementTimeout: Duration? = .seconds(30)
    /// How long the server may take to obey a cancellation before the connection is given up.
    package var cancellationGrace: Duration = .seconds(2)
    /// Statements run on each new connection, such as `SET ROLE`.
    package var sessionStatements: [PostgresStatement] = []
    /// The prepared statements kept per connection; the least recently used goes first.
    package var preparedStatementLimit = 256
    /// What its connections have learnt of the hosts; shared by all copies.
    let silentHosts = SilentHosts()

    /// Makes a configuration with the usual limits.
    package init(connectionString: String) {
        self.connectionString = connectionString
    }
}

extension PostgresConfiguration {
    /// The time that it may take to go past every host: `connect_timeout`, else two seconds, for each of them.
    ///
    /// Nothing for a single host, and for a connection string that libpq refuses.
    package var timeForAllHosts: Duration {
        guard let parameters = try? ConnectionParameters(self, environment: [:]) else { return .zero }
        let list = HostList(parameters)
        guard list.hosts.count > 1 else { return list.budget ?? .zero }
        return (list.budget ?? ConnectionAttempt.usualBudget) * list.hosts.count
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomReflectable {
    /// Leaves out the connection string, which may hold a password.
    package var description: String { "PostgresConfiguration(applicationName: \(applicationName))" }

    /// Leaves out the connection string, which may hold a password.
    package var customMirror: Mirror { Mirror(self, children: ["applicationName": applicationName]) }
}

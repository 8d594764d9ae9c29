/// How `psql` is started: its arguments, without the password, and the variables that are added for it.
///
/// Arguments show in the list of processes and the environment does not, so the password moves there.
struct PsqlInvocation: Sendable, Hashable {
    /// The arguments after the program's name.
    let arguments: [String]
    /// The variables to add to the environment.
    let environment: [String: String]

    /// Creates the invocation for a connection string; `arguments` are handed on as they are.
    init(connectionString: String, arguments: [String]) {
        let parts = ConnectionPassword.separate(connectionString)
        // A connection string that begins with a dash would else be taken as an option.
        self.arguments = ["--dbname=" + parts.rest] + arguments
        environment = parts.password.map { ["PGPASSWORD": $0] } ?? [:]
    }
}

/// A reason why a command cannot do what it was asked to.
///
/// It ends the program with exit code 1 and its description on standard error.
struct CommandError: Error, Hashable, CustomStringConvertible {
    /// The causes that can be told apart.
    enum Code: Hashable {
        /// Neither a database nor an embedded one is configured.
        case databaseNotConfigured
        /// There is no master key to seal or open secrets with.
        case masterKeyMissing
        /// A setting has a value that cannot be used.
        case invalidSetting
        /// A file cannot be read.
        case unreadableFile
        /// What was named does not exist.
        case notFound
        /// A program that the command runs is not installed.
        case programMissing
        /// A vendor's API does not accept what was to be stored.
        case fetchRefused
        /// The receiver cannot be reached.
        case unreachable
        /// A signal ended the command.
        case interrupted
        /// The database is not ready for the command.
        case databaseNotReady
    }

    /// The cause.
    let code: Code
    /// One sentence or two: what failed, on what, and the way out; never a secret.
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

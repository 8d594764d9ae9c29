/// How a command ended.
struct CommandOutcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
}

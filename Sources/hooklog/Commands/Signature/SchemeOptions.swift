import ArgumentParser
import EventLog
import WebhookSignatures

/// The options that describe a signature scheme.
struct SchemeOptions: ParsableArguments {
    /// The names that `--scheme` takes.
    static let names = SignatureScheme.presets.map(\.name) + ["hmac"]

    @Option(help: .value("name", "How the sender signs: \(SchemeOptions.names.joined(separator: ", "))."))
    var scheme: String

    @OptionGroup(title: "Options for hmac") var hmac: HMACOptions

    /// The scheme that the options describe.
    func signatureScheme() throws -> SignatureScheme {
        scheme == "hmac" ? try hmac.sourceSettings().scheme() : try .preset(named: scheme)
    }

    func validate() throws {
        guard SchemeOptions.names.contains(scheme) else {
            throw ValidationError(
                "There is no scheme '\(scheme)'. Use one of \(SchemeOptions.names.joined(separator: ", "))."
            )
        }
        guard scheme == "hmac" || !hmac.isGiven else {
            throw ValidationError(
                "\(HMACOptions.names) are for --scheme hmac; \(scheme) has its own."
            )
        }
    }
}

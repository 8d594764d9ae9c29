import ArgumentParser
import EventLog
import WebhookSignatures

/// The options that describe a signature scheme.
struct SchemeOptions: ParsableArguments {
    /// The names that `--scheme` takes.
    static let names = SignatureScheme.presets.map(\.name) + ["hmac"]

    @Option(
        help: ArgumentHelp("How the sender signs: \(SchemeOptions.names.joined(separator: ", ")).", valueName: "name")
    )
    var scheme: String

    @OptionGroup(title: "Options for hmac") var hmac: HMACOptions

    /// The scheme that the options describe.
    func signatureScheme() throws -> SignatureScheme {
        scheme == "hmac" ? try .hmac(hmac.settings()) : try .preset(named: scheme)
    }

    func validate() throws {
        guard SchemeOptions.names.contains(scheme) else {
            throw ValidationError(
                "There is no scheme '\(scheme)'. Use one of \(SchemeOptions.names.joined(separator: ", "))."
            )
        }
        guard scheme == "hmac" || !hmac.isGiven else {
            throw ValidationError(
                "--signature-header, --algorithm, --encoding and --prefix are for --scheme hmac; \(scheme) has its own."
            )
        }
    }
}

/// The options for a sender whose scheme has no name.
struct HMACOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The header that holds the signature (default: X-Signature).", valueName: "name"))
    var signatureHeader: String?

    @Option(help: ArgumentHelp("The hash of the HMAC (default: sha256).", valueName: "name"))
    var algorithm: HMACAlgorithm?

    @Option(help: ArgumentHelp("How the signature is written (default: hex).", valueName: "name"))
    var encoding: SignatureEncoding?

    @Option(help: ArgumentHelp("What stands in front of the signature, such as sha256=.", valueName: "text"))
    var prefix: String?

    /// Whether any of them is given.
    var isGiven: Bool { signatureHeader != nil || algorithm != nil || encoding != nil || prefix != nil }

    /// The settings that the options describe.
    func settings() -> HMACSettings {
        HMACSettings(
            signatureHeader: signatureHeader ?? "X-Signature",
            algorithm: algorithm ?? .sha256,
            encoding: encoding ?? .hex,
            prefix: prefix ?? ""
        )
    }
}

extension HMACAlgorithm: ExpressibleByArgument {}
extension SignatureEncoding: ExpressibleByArgument {}

extension HMACOptions {
    /// The same settings in the form that is stored with a source.
    func sourceSettings() -> HMACSourceSettings {
        HMACSourceSettings(
            header: signatureHeader ?? "X-Signature",
            algorithm: (algorithm ?? .sha256).rawValue,
            encoding: (encoding ?? .hex).rawValue,
            prefix: prefix ?? ""
        )
    }
}

import ArgumentParser
import EventLog
import WebhookSignatures

/// The options for a sender whose scheme has no name.
struct HMACOptions: ParsableArguments {
    /// The options' names, for messages.
    static let names =
        "--signature-header, --algorithm, --encoding, --prefix, --several-signatures, --id-header, --timestamp-header,"
        + " --timestamp-unit, --tolerance and --signed-content"

    /// How the time is written.
    enum Unit: String, ExpressibleByArgument, CaseIterable {
        case seconds
        case milliseconds
    }

    @Option(help: ArgumentHelp("The header that holds the signature (default: X-Signature).", valueName: "name"))
    var signatureHeader: String?

    @Option(help: ArgumentHelp("The hash of the HMAC (default: sha256).", valueName: "name"))
    var algorithm: HMACAlgorithm?

    @Option(help: ArgumentHelp("How the signature is written (default: hex).", valueName: "name"))
    var encoding: SignatureEncoding?

    @Option(help: ArgumentHelp("What stands in front of the signature, such as sha256=.", valueName: "text"))
    var prefix: String?

    @Flag(help: "The header may hold several signatures with commas between.")
    var severalSignatures = false

    @Option(
        help: ArgumentHelp(
            "A header with the delivery's id. It counts when --signed-content holds {id}.",
            valueName: "name"
        )
    )
    var idHeader: String?

    @Option(
        help: ArgumentHelp("The header that holds the signed time (default: no time is signed).", valueName: "name")
    )
    var timestampHeader: String?

    @Option(help: ArgumentHelp("What the time is counted in (default: seconds).", valueName: "name"))
    var timestampUnit: Unit?

    @Option(help: ArgumentHelp("How far the time may be from the clock: 300s, 5m (default: 300s).", valueName: "time"))
    var tolerance: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "The signed bytes, with {timestamp}, {body} and maybe {id} in them (default: {timestamp}.{body}).",
            valueName: "text"
        )
    )
    var signedContent: String?

    /// Whether any of them is given.
    var isGiven: Bool {
        signatureHeader != nil || algorithm != nil || encoding != nil || prefix != nil || severalSignatures
            || idHeader != nil || timestampHeader != nil || goesWithTime
    }

    /// Whether one is given that means nothing without a time.
    private var goesWithTime: Bool { timestampUnit != nil || tolerance != nil || signedContent != nil }

    func validate() throws {
        guard timestampHeader != nil || !goesWithTime else {
            throw ValidationError("--timestamp-unit, --tolerance and --signed-content go with --timestamp-header.")
        }
    }

    /// The scheme that the options describe.
    func signatureScheme() throws -> SignatureScheme {
        try sourceSettings().scheme()
    }

    /// The options in the form that is stored with a source.
    func sourceSettings() -> HMACSourceSettings {
        var settings = HMACSourceSettings(header: signatureHeader ?? "X-Signature")
        if let algorithm { settings.algorithm = algorithm.rawValue }
        if let encoding { settings.encoding = encoding.rawValue }
        if let prefix { settings.prefix = prefix }
        settings.severalSignatures = severalSignatures
        settings.deliveryIDHeader = idHeader
        settings.timestamp = timestampHeader.map { header in
            HMACTimestampSettings(
                header: header,
                milliseconds: timestampUnit == .milliseconds,
                toleranceSeconds: tolerance?.duration.components.seconds ?? 300,
                signedContent: signedContent ?? "{timestamp}.{body}"
            )
        }
        return settings
    }
}

extension HMACAlgorithm: ExpressibleByArgument {}
extension SignatureEncoding: ExpressibleByArgument {}

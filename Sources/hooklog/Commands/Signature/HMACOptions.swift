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

    @Option(help: .value("name", "The header that holds the signature (default: X-Signature)."))
    var signatureHeader: String?

    @Option(help: .value("name", "The hash of the HMAC (default: sha256)."))
    var algorithm: HMACAlgorithm?

    @Option(help: .value("name", "How the signature is written (default: hex)."))
    var encoding: SignatureEncoding?

    @Option(help: .value("text", "What stands in front of the signature, such as sha256=."))
    var prefix: String?

    @Flag(help: "The header may hold several signatures with commas between.")
    var severalSignatures = false

    @Option(help: .value("name", "A header with the delivery's id. It counts when --signed-content holds {id}."))
    var idHeader: String?

    @Option(help: .value("name", "The header that holds the signed time (default: no time is signed)."))
    var timestampHeader: String?

    @Option(help: .value("name", "What the time is counted in (default: seconds)."))
    var timestampUnit: Unit?

    @Option(help: .value("time", "How far the time may be from the clock: 300s, 5m (default: 300s)."))
    var tolerance: TimeSpan?

    @Option(
        help: .value(
            "text",
            "The signed bytes, with {timestamp}, {body} and maybe {id} in them (default: {timestamp}.{body})."
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

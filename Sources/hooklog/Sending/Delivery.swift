import Foundation
import WebhookSignatures

/// One signed request to a receiver.
struct Delivery: Sendable {
    /// The headers that the sender's scheme adds.
    let headers: WebhookHeaders
    let body: [UInt8]
}

/// Makes the deliveries of a run one after the other.
struct DeliveryFactory: Sendable {
    private let template: BodyTemplate
    private let signer: WebhookSigner
    private let count: Int
    private var made = 0

    /// Creates a factory of `count` deliveries.
    init(template: BodyTemplate, signer: WebhookSigner, count: Int) {
        self.template = template
        self.signer = signer
        self.count = count
    }

    /// How many are still to be made.
    var remaining: Int { count - made }

    /// Makes the next delivery; `nil` when all are made.
    ///
    /// - Parameter milliseconds: The clock in milliseconds since 1970.
    /// - Throws: When the scheme cannot sign the body.
    mutating func next(milliseconds: Int64) throws(SignatureError) -> Delivery? {
        guard made < count else { return nil }
        made += 1
        let body = template.body(number: made, uuid: Self.uuid(), milliseconds: milliseconds)
        let headers = try signer.sign(body: body, deliveryID: "msg_" + Self.uuid(), timestamp: milliseconds / 1000)
        return Delivery(headers: headers, body: body)
    }

    private static func uuid() -> String { UUID().uuidString.lowercased() }
}

import AsyncHTTPClient
import Foundation
import NIOCore
import WebhookSignatures

/// Delivers events as Pivotal would: signed anew for each attempt, retried under the same event id until it is answered 202.
struct SignedSender: Sendable {
    private let url: String
    private let signer: WebhookSigner

    init(url: String, secret: String) throws {
        self.url = url
        signer = try WebhookSigner(scheme: .svix, secrets: [SigningSecret(secret, for: .svix)])
    }

    /// One attempt; the status, and the body when there is one.
    func deliver(_ body: String, deliveryID: String) async throws -> (status: Int, body: String) {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        for field in try headers(of: body, deliveryID: deliveryID) {
            request.headers.add(name: field.name, value: field.value)
        }
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(Array(body.utf8))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(15))
        return (Int(response.status.code), String(buffer: try await response.body.collect(upTo: 1 << 20)))
    }

    /// The header fields that sign a body now.
    func headers(of body: String, deliveryID: String) throws -> [(name: String, value: String)] {
        let timestamp = Int64(Date.now.timeIntervalSince1970)
        let headers = try signer.sign(body: Array(body.utf8), deliveryID: deliveryID, timestamp: timestamp)
        return headers.fields.map { ($0.name, $0.value) }
    }

    /// Attempts until one is answered 202, `deadline` passes or the task is cancelled; returns whether it was.
    func deliverUntilAccepted(
        _ body: String,
        deliveryID: String,
        deadline: ContinuousClock.Instant,
        answered: @Sendable (Int?) async -> Void = { _ in }
    ) async -> Bool {
        while !Task.isCancelled, ContinuousClock.now < deadline {
            let status = try? await deliver(body, deliveryID: deliveryID).status
            await answered(status)
            if status == 202 { return true }
            // A sender backs off between its attempts.
            try? await Task.sleep(for: .milliseconds(Int64.random(in: 5...60)))
        }
        return false
    }
}

import CoreMetrics
import Crypto
import EventLog
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import WebhookSignatures

/// Takes deliveries at `POST /webhooks/{source_id}`, and answers the question of some senders with GET.
///
///     id ─▶ source ─▶ encoding ─▶ body ─▶ signature ─▶ handshake ─▶ append ─▶ 202
///     404    404,503    415       413,408    401          200         503
///
/// Nothing of the body is interpreted before the signature has been found good over the bytes as received. Before one is
/// found bad, the source is read again unless it was read since the request came, so that a secret counts from the
/// moment it is made. Whatever is wrong with a signature, the answer is the same; the reason goes to metrics, log and the
/// rejected deliveries only. A 202 is sent after the commit that holds the event. Neither payload nor header values are
/// logged.
package struct ReceiverController: RouteController {
    /// Longer header names are not recorded with a rejection.
    private static let maximumNameByteCount = 128

    private let sources: any SourceResolving
    private let events: any EventAppending
    private let rejections: any RejectionRecording
    private let logger: Logger
    private let now: @Sendable () -> Int64
    private let metrics: WebhookMetrics

    /// Creates a receiver.
    ///
    /// - Parameters:
    ///   - now: The clock in Unix seconds.
    ///   - metricsFactory: Where deliveries are counted.
    package init(
        sources: any SourceResolving,
        events: any EventAppending,
        rejections: any RejectionRecording,
        logger: Logger,
        now: @escaping @Sendable () -> Int64 = UnixClock.seconds,
        metricsFactory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.sources = sources
        self.events = events
        self.rejections = rejections
        self.logger = logger
        self.now = now
        metrics = WebhookMetrics(factory: metricsFactory)
    }

    /// Adds the routes for deliveries and questions, and 405 for every other method.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        UnmatchedRoutes.deliveries.addRoutes(to: router)
        router.post("/webhooks/{source_id}") { request, context in
            try await receive(request, sourceID: context.parameters.get("source_id") ?? "")
        }
        router.get("/webhooks/{source_id}") { request, context in
            try await answerQuestion(request, sourceID: context.parameters.get("source_id") ?? "")
        }
    }

    private func receive(_ request: Request, sourceID: String) async throws -> Response {
        let arrival = ContinuousClock.now
        let source = try found(await resolve(SourceID(sourceID)))
        guard request.headers.tellOfNoEncoding else {
            metrics.count(.unsupportedEncoding, connector: source.connector)
            throw HTTPFailure.contentEncoding
        }
        let body = try await body(of: request, source: source)
        let verified = try await verify(request.headers, body: body, source: source, arrival: arrival)
        guard let (delivery, source) = verified else { return ReceiverResponses.rejected }
        if let challenge = source.sender.challenge(in: body) {
            metrics.count(.handshake, connector: source.connector)
            return ReceiverResponses.challenge(challenge)
        }
        return try await append(
            VerifiedWebhook(
                source: source.id,
                sender: source.sender,
                deliveryID: deliveryID(of: delivery, to: source),
                headers: KeptHeaders(source).json(request.headers),
                body: body
            )
        )
    }

    /// The signed id; of a thin delivery, which cannot be told from others by anything in it, one of its own.
    private func deliveryID(of delivery: VerifiedDelivery, to source: ReceivingSource) -> String? {
        guard source.sender.isThin else { return delivery.signedDeliveryID }
        return "thin_" + UUID().uuidString.lowercased()
    }

    private func answerQuestion(_ request: Request, sourceID: String) async throws -> Response {
        guard let source = try await resolve(SourceID(sourceID)), let question = source.handshake else {
            throw HTTPFailure.postOnly
        }
        guard let answer = HandshakeAnswer.response(to: question, in: request) else { throw HTTPFailure.noChallenge }
        metrics.count(.handshake, connector: source.connector)
        return answer
    }

    /// - Parameter connector: The source's, where it was found before.
    private func resolve(
        _ id: SourceID?,
        readSince moment: ContinuousClock.Instant? = nil,
        connector: ConnectorName? = nil
    ) async throws -> ReceivingSource? {
        guard let id else { return nil }
        do throws(EventLogError) {
            return try await sources.resolve(id, readSince: moment)
        } catch {
            metrics.count(.unavailable, connector: connector)
            throw HTTPFailure(error)
        }
    }

    private func found(_ source: ReceivingSource?) throws -> ReceivingSource {
        if let source { return source }
        metrics.count(.unknownSource, connector: nil)
        throw HTTPFailure.notFound
    }

    private func body(of request: Request, source: ReceivingSource) async throws -> [UInt8] {
        do {
            return try await BodyCollector(limit: source.bodyLimit).collect(request)
        } catch let failure as HTTPFailure {
            metrics.count(.tooLarge, connector: source.connector)
            throw failure
        } catch RequestRefusal.bodiesFull {
            metrics.count(.unavailable, connector: source.connector)
            throw RequestRefusal.bodiesFull
        } catch {
            metrics.count(.interrupted, connector: source.connector)
            throw error
        }
    }

    /// What is certain about the delivery, and the source as it was when that was found; nil when it was rejected.
    private func verify(
        _ fields: HTTPFields,
        body: [UInt8],
        source: ReceivingSource,
        arrival: ContinuousClock.Instant
    ) async throws -> (VerifiedDelivery, ReceivingSource)? {
        var source = source
        var result = check(fields, body: body, source: source)
        if case .failure(let error) = result, error.mayBeOfAnOldSecret {
            source = try found(await resolve(source.id, readSince: arrival, connector: source.connector))
            result = check(fields, body: body, source: source)
        }
        switch result {
        case .success(let delivery):
            return (delivery, source)
        case .failure(let error):
            reject(error, fields: fields, body: body, source: source)
            return nil
        }
    }

    private func check(
        _ fields: HTTPFields,
        body: [UInt8],
        source: ReceivingSource
    ) -> Result<VerifiedDelivery, VerificationError> {
        Result { () throws(VerificationError) in
            let headers = WebhookHeaders(fields, names: source.verifier.scheme.headerNames)
            let delivery = try source.verifier.verify(headers: headers, body: body, now: now())
            if !delivery.isNewestKey {
                metrics.countOldKey()
            }
            return delivery
        }
    }

    private func reject(_ error: VerificationError, fields: HTTPFields, body: [UInt8], source: ReceivingSource) {
        metrics.count(.rejected, connector: source.connector)
        metrics.countRejection(error.reason, connector: source.connector)
        logger.debug(
            "Delivery rejected",
            metadata: [
                "source.id": "\(source.id)",
                "rejection.reason": "\(error.reason.rawValue)",
                "rejection.header": "\(error.header ?? "")",
            ]
        )
        rejections.record(
            source: source.id,
            reason: error.reason.rawValue,
            headerNames: fields.map(\.name.canonicalName).filter { $0.utf8.count <= Self.maximumNameByteCount },
            bodySHA256: Array(SHA256.hash(data: body)),
            size: body.count
        )
    }

    private func append(_ delivery: VerifiedWebhook) async throws -> Response {
        do throws(EventLogError) {
            let receipt = try await events.append(delivery)
            let outcome = WebhookMetrics.Outcome(receipt.outcome)
            metrics.count(outcome, connector: delivery.connector)
            return ReceiverResponses.receipt(at: receipt.position, outcome)
        } catch {
            metrics.count(error.code == .refused ? .refused : .unavailable, connector: delivery.connector)
            logger.debug(
                "Delivery not appended",
                metadata: ["source.id": "\(delivery.source)", "error.code": "\(error.code.rawValue)"]
            )
            throw HTTPFailure(error)
        }
    }
}

extension UnmatchedRoutes {
    /// Answers whatever is neither POST nor GET at the address of a source, in any method's name, with 405 and `Allow`.
    ///
    /// A GET is answered by the receiver, which may know of a question that the source's sender asks with it. The router's
    /// own 404 at such a path means another method: an unknown source is a failure of the receiver.
    fileprivate static let deliveries = UnmatchedRoutes { path in
        addresses.methods(at: path).isEmpty ? nil : HTTPFailure.postOnly
    }
    private static let addresses = RouteTable([("/webhooks/{source_id}", ["POST"])])
}

extension WebhookMetrics.Outcome {
    fileprivate init(_ outcome: AppendReceipt.Outcome) {
        switch outcome {
        case .inserted: self = .accepted
        case .duplicate: self = .duplicate
        case .conflict: self = .conflict
        }
    }
}

extension VerificationError {
    /// Whether a secret that was made a moment ago could make the delivery a good one.
    fileprivate var mayBeOfAnOldSecret: Bool { reason == .signature || reason == .noActiveKey }
}

extension WebhookHeaders {
    /// Takes the fields with one of the lower-case names, in the order received, repeated ones included.
    fileprivate init(_ fields: HTTPFields, names: [String]) {
        self.init()
        for field in fields where names.contains(field.name.canonicalName) {
            append(name: field.name.canonicalName, value: field.value)
        }
    }
}

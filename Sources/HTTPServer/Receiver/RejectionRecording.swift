import EventLog

/// Keeps a sample of the deliveries that were refused, for their operators.
package protocol RejectionRecording: Sendable {
    /// Notes a refused delivery; returns at once, and may drop the sample under load.
    ///
    /// - Parameters:
    ///   - reason: The stable name of the cause, one of a fixed set.
    ///   - headerNames: The names of the request's headers, without their values.
    ///   - size: The size of the body in bytes.
    func record(source: SourceID, reason: String, headerNames: [String], bodySHA256: [UInt8]?, size: Int)
}

extension RejectedDeliveryRecorder: RejectionRecording {}

import Crypto

/// The signed bytes of one delivery, in up to three pieces so that the body is not copied.
///
/// It borrows the body and must not outlive it.
struct SignedMessage {
    let before: [UInt8]
    let body: UnsafeRawBufferPointer
    let after: [UInt8]

    init(scheme: SignatureScheme, id: String?, timestamp: String?, body: UnsafeRawBufferPointer) {
        (before, after) = scheme.content.surroundings(id: id, timestamp: timestamp)
        self.body = body
    }

    /// The pieces joined.
    var bytes: [UInt8] { before + body + after }

    /// Returns the message's code.
    func code<Hash: HashFunction>(_ prepared: HMAC<Hash>) -> HMAC<Hash>.MAC {
        var mac = prepared
        mac.update(data: before)
        mac.update(data: body)
        mac.update(data: after)
        return mac.finalize()
    }

    /// Returns whether a candidate is the message's code; each comparison takes the same time wherever they differ.
    func code<Hash: HashFunction>(_ prepared: HMAC<Hash>, equalsAnyOf candidates: [[UInt8]]) -> Bool {
        guard !candidates.isEmpty else { return false }
        let code = code(prepared)
        return candidates.contains { $0.count == code.byteCount && code == $0 }
    }
}

import Fetching

/// The event that a fetched object becomes: `{event, object_id, occurred_at, livemode, data}`.
///
/// An object that is there is `….updated`, whatever the thin event said: it is what was found at that time. One that is
/// not is `….deleted`, with its id alone as data.
enum PiriodSnapshot {
    /// Writes the event's body; the object's own bytes stand in it unchanged.
    static func body(of object: FetchedObject, claim: FetchClaim, isTestSource: Bool) -> [UInt8] {
        switch object {
        case .present(let data):
            return body("updated", claim, isLive: !isTestSource, data: data)
        case .absent:
            let id = identifier(of: claim)
            return body("deleted", claim, isLive: !isTestSource, data: Array(#"{"id":\#(id)}"#.utf8))
        }
    }

    private static func body(_ change: String, _ claim: FetchClaim, isLive: Bool, data: [UInt8]) -> [UInt8] {
        let head =
            #"{"event":"\#(claim.entityType).\#(change)","object_id":"\#(claim.entityID)","#
            + #""occurred_at":"\#(claim.observedAt)","livemode":\#(isLive),"data":"#
        return Array(head.utf8) + data + Array("}".utf8)
    }

    /// The id as the vendor writes it; org units have numbers.
    private static func identifier(of claim: FetchClaim) -> String {
        if claim.entityType == "orgunit", let number = Int64(claim.entityID) { return String(number) }
        return "\"\(claim.entityID)\""
    }
}

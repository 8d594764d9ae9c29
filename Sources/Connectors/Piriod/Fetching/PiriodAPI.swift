import EventLog
import Fetching

/// Piriod's API, from which the objects are fetched that its events name.
struct PiriodAPI: ObjectAPI {
    var sender: Sender { .piriod }
    var address: String { "https://api.piriod.com" }

    func request(for claim: FetchClaim, from access: FetchSourceSettings, token: String) -> FetchRequest {
        PiriodObjectRequest.request(for: claim, from: access, token: token)
    }

    func probe(_ access: FetchSourceSettings, token: String) -> FetchRequest {
        PiriodObjectRequest.probe(access, token: token)
    }

    func object(
        in response: FetchResponse,
        of claim: FetchClaim,
        from access: FetchSourceSettings
    ) throws(FetchProblem) -> FetchedObject {
        try PiriodObject.read(
            response,
            entityType: claim.entityType,
            entityID: claim.entityID,
            isTestSource: access.testMode
        )
    }

    func event(of object: FetchedObject, _ claim: FetchClaim, from access: FetchSourceSettings) -> [UInt8] {
        PiriodSnapshot.body(of: object, claim: claim, isTestSource: access.testMode)
    }
}

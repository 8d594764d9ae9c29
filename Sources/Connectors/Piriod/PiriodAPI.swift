import EventLog
import Fetching
import Foundation

/// Piriod's API, from which the objects are fetched that its events name.
struct PiriodAPI: ObjectAPI {
    var sender: Sender { .piriod }
    var address: String { "https://api.piriod.com" }

    /// Writes the request for a claimed object: `GET /customers/{id}/`.
    func request(for claim: FetchClaim, from access: FetchSourceSettings, token: String) -> FetchRequest {
        let path = "/\(claim.entityType)s/\(claim.entityID)/"
        return request(path, from: access, token: token, bodyLimit: claim.settings.maximumBodySize)
    }

    /// Writes the request that shows whether address, token and workspace are right.
    func probe(_ access: FetchSourceSettings, token: String) -> FetchRequest {
        request("/customers/?page_size=1", from: access, token: token, bodyLimit: SourceSettings.largestBodySize)
    }

    private func request(
        _ path: String,
        from access: FetchSourceSettings,
        token: String,
        bodyLimit: Int
    ) -> FetchRequest {
        let identity = VendorAPI.piriod.headers(token: token, account: access.workspace, livemode: !access.testMode)
        let headers = identity + [("Accept", "application/json"), ("User-Agent", "hooklog")]
        return FetchRequest(url: access.baseURL + path, headers: headers, bodyLimit: bodyLimit)
    }

    /// Writes the event that a fetched object becomes: `{event, object_id, occurred_at, livemode, data}`.
    ///
    /// An object that is there is `….updated`, whatever the thin event said: it is what was found at that time, and its own
    /// bytes stand in the event unchanged. One that is not is `….deleted`, with its id alone as data.
    func event(of object: FetchedObject, _ claim: FetchClaim, from access: FetchSourceSettings) -> [UInt8] {
        let (change, data) =
            switch object {
            case .present(let data): ("updated", data)
            case .absent: ("deleted", Array(#"{"id":\#(Self.identifier(of: claim))}"#.utf8))
            }
        let head =
            #"{"event":"\#(claim.entityType).\#(change)","object_id":"\#(claim.entityID)","#
            + #""occurred_at":"\#(claim.observedAt)","livemode":\#(!access.testMode),"data":"#
        return Array(head.utf8) + data + Array("}".utf8)
    }

    /// The id as the vendor writes it; org units have numbers.
    private static func identifier(of claim: FetchClaim) -> String {
        if claim.entityType == "orgunit", let number = Int64(claim.entityID) { return String(number) }
        return "\"\(claim.entityID)\""
    }
}

extension PiriodAPI {
    /// The types whose absence is believed: their paths and the form of their ids are documented.
    ///
    /// Of any other it may be the path that does not exist.
    private static let knownTypes: Set<String> = ["customer", "contact", "orgunit"]

    /// Reads an answer; throws what it says instead.
    func object(
        in response: FetchResponse,
        of claim: FetchClaim,
        from access: FetchSourceSettings
    ) throws(FetchProblem) -> FetchedObject {
        try Self.object(in: response, type: claim.entityType, id: claim.entityID, isTestSource: access.testMode)
    }

    /// Reads an answer about the object of that type and id.
    ///
    /// A status alone deletes nothing, since any server says 404: the body must be what Piriod says of an absent object.
    static func object(
        in response: FetchResponse,
        type: String,
        id: String,
        isTestSource: Bool
    ) throws(FetchProblem) -> FetchedObject {
        switch response.status {
        case 200:
            return try object(response.body, id: id, isTestSource: isTestSource)
        case 404, 410:
            guard isRefusal(response.body) else { throw FetchProblem(.unexpectedStatus, status: response.status) }
            guard knownTypes.contains(type) else { throw FetchProblem(.notThere, status: response.status) }
            return .absent
        case 401, 403:
            throw FetchProblem(.unauthorized, status: response.status)
        case 408, 429:
            throw FetchProblem(.rateLimited, status: response.status, retryAfter: response.retryDelay)
        case 500...599:
            throw FetchProblem(.serverError, status: response.status, retryAfter: response.retryDelay)
        default:
            throw FetchProblem(.unexpectedStatus, status: response.status)
        }
    }

    private static func isRefusal(_ body: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Refusal.self, from: Data(body))) != nil
    }

    private static func object(
        _ body: [UInt8],
        id: String,
        isTestSource: Bool
    ) throws(FetchProblem) -> FetchedObject {
        let part = JSONPart(body)
        guard part.isObject, String(validating: part.bytes, as: UTF8.self) != nil,
            let head = try? JSONDecoder().decode(Head.self, from: Data(part.bytes)), head.id == id,
            isTestSource || head.isTest != true
        else { throw FetchProblem(.notTheObject, status: 200) }
        return .present(Array(part.bytes))
    }

    /// What Piriod says when there is no object.
    private struct Refusal: Decodable {
        let detail: String
    }

    /// The members that are read here.
    private struct Head: Decodable {
        /// A text, or a number as org units have.
        let id: String
        let isTest: Bool?

        private enum CodingKeys: String, CodingKey {
            case id
            case isTest = "test_mode"
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            let number = try? members.decode(Int64.self, forKey: .id)
            id = try number.map { String($0) } ?? members.decode(String.self, forKey: .id)
            isTest = try? members.decodeIfPresent(Bool.self, forKey: .isTest)
        }
    }
}

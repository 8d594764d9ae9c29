import Fetching
import Foundation

/// Reads what Piriod's API says of an object.
enum PiriodObject {
    /// The types whose absence is believed: their paths and the form of their ids are documented.
    ///
    /// Of any other it may be the path that does not exist.
    private static let knownTypes: Set<String> = ["customer", "contact", "orgunit"]

    /// Reads an answer; throws what it says instead.
    ///
    /// A status alone deletes nothing, since any server says 404: the body must be what Piriod says of an absent object.
    static func read(
        _ response: FetchResponse,
        entityType: String,
        entityID: String,
        isTestSource: Bool
    ) throws(FetchProblem) -> FetchedObject {
        switch response.status {
        case 200:
            return try object(response.body, entityID: entityID, isTestSource: isTestSource)
        case 404, 410:
            guard isRefusal(response.body) else { throw FetchProblem(.unexpectedStatus, status: response.status) }
            guard knownTypes.contains(entityType) else { throw FetchProblem(.notThere, status: response.status) }
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
        entityID: String,
        isTestSource: Bool
    ) throws(FetchProblem) -> FetchedObject {
        let text = trimmed(body)
        guard text.first == UInt8(ascii: "{"), String(validating: text, as: UTF8.self) != nil,
            let head = try? JSONDecoder().decode(Head.self, from: Data(text)), head.id.text == entityID,
            isTestSource || head.isTest != true
        else { throw FetchProblem(.notTheObject, status: 200) }
        return .present(text)
    }

    private static func trimmed(_ body: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = body.firstIndex(where: { !isSpace($0) }), let last = body.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(body[first...last])
    }

    /// What Piriod says when there is no object.
    private struct Refusal: Decodable {
        let detail: String
    }

    /// The members that are read here.
    private struct Head: Decodable {
        let id: Identifier
        let isTest: Bool?

        private enum CodingKeys: String, CodingKey {
            case id
            case isTest = "test_mode"
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decode(Identifier.self, forKey: .id)
            isTest = try? members.decodeIfPresent(Bool.self, forKey: .isTest)
        }
    }

    /// An identifier: text, or a number as org units have.
    private struct Identifier: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int64.self) {
                text = String(number)
            } else {
                text = try value.decode(String.self)
            }
        }
    }
}

import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres

/// Finds the API key of a request: `Authorization: Bearer <key>`, in the header and nowhere else.
enum BearerKey {
    /// Reads the key; the scheme's case does not matter.
    ///
    /// Throws `missing_api_key` without exactly one bearer credential, `invalid_api_key` for what cannot be a key.
    static func read(_ headers: HTTPFields) throws(PivotalError) -> APIKeyText {
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first else { throw .missingAPIKey }
        let bytes = Array(value.utf8).drop { $0 == space }
        let scheme = bytes.prefix { $0 != space }
        let key = bytes.dropFirst(scheme.count).drop { $0 == space }
        guard !key.isEmpty, scheme.map({ $0 | 0x20 }) == bearer else { throw .missingAPIKey }
        guard let key = APIKeyText(utf8: Array(key)) else { throw .invalidAPIKey }
        return key
    }

    private static let space = UInt8(ascii: " ")
    private static let bearer = Array("bearer".utf8)
}

extension Request {
    /// The API key of the request; throws as ``BearerKey/read(_:)`` does.
    func bearerKey() throws(QueryFailure) -> APIKeyText {
        do throws(PivotalError) {
            return try BearerKey.read(headers)
        } catch {
            throw QueryFailure(error)
        }
    }
}

extension APIKeyText {
    /// The key as the statements that answer requests take it, before all else.
    var parameters: [PostgresParameter] {
        [.int8(workspace.rawValue), .int8(keyID.rawValue), .bytea(sha256)]
    }
}

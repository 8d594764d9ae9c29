import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres

/// Finds the API key of a request: `Authorization: Bearer <key>`, in the header and nowhere else.
enum AuthorizationKey {
    /// Reads the key; the scheme's case does not matter.
    ///
    /// Throws `missingKey` without exactly one credential of the scheme, `invalidKey` for what cannot be a key.
    ///
    /// - Parameter schemes: The words that may stand before the key, in lower case; an empty one for none.
    static func read(_ headers: HTTPFields, schemes: [String] = ["bearer"]) throws(Refusal) -> APIKeyText {
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first else { throw .missingKey }
        let bytes = Array(value.utf8).drop { $0 == space }
        var scheme = bytes.prefix { $0 != space }
        var key = bytes.dropFirst(scheme.count).drop { $0 == space }
        if key.isEmpty { swap(&scheme, &key) }
        guard !key.isEmpty, schemes.contains(String(decoding: scheme, as: UTF8.self).lowercased()) else {
            throw .missingKey
        }
        guard let key = APIKeyText(utf8: Array(key)) else { throw .invalidKey }
        return key
    }

    private static let space = UInt8(ascii: " ")
}

extension Request {
    /// The API key of the request; throws as ``AuthorizationKey/read(_:schemes:)`` does.
    func bearerKey() throws(QueryFailure) -> APIKeyText {
        try key(schemes: ["bearer"])
    }

    /// The API key of the request after one of several words; throws as ``AuthorizationKey/read(_:schemes:)`` does.
    func key(schemes: [String]) throws(QueryFailure) -> APIKeyText {
        do throws(Refusal) {
            return try AuthorizationKey.read(headers, schemes: schemes)
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

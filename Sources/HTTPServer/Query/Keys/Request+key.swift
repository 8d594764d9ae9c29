import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres

extension Request {
    /// The API key of the request: `Authorization: Bearer <key>`, in the header and nowhere else.
    ///
    /// The scheme's case does not matter. Throws `missingKey` without exactly one credential of the scheme, `invalidKey` for
    /// what cannot be a key.
    ///
    /// - Parameter schemes: The words that may stand before the key, in lower case; an empty one for none.
    func key(schemes: [String] = SurfaceAccess.bearer.schemes) throws(QueryFailure) -> APIKeyText {
        let space = UInt8(ascii: " ")
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first else { throw QueryFailure(.missingKey) }
        let bytes = Array(value.utf8).drop { $0 == space }
        var scheme = bytes.prefix { $0 != space }
        var key = bytes.dropFirst(scheme.count).drop { $0 == space }
        if key.isEmpty { swap(&scheme, &key) }
        guard !key.isEmpty, schemes.contains(String(decoding: scheme, as: UTF8.self).lowercased()) else {
            throw QueryFailure(.missingKey)
        }
        guard let key = APIKeyText(utf8: Array(key)) else { throw QueryFailure(.invalidKey) }
        return key
    }
}

extension APIKeyText {
    /// The key as the statements that answer requests take it, before all else.
    var parameters: [PostgresParameter] {
        [.int8(workspace.rawValue), .int8(keyID.rawValue), .bytea(sha256)]
    }
}

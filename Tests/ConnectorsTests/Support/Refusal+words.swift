import Connectors
import Foundation
import Testing

/// A refusal as ``NativeDialect`` and Pivotal's word it.
struct CodedWords: Decodable, Equatable {
    let type: String
    let code: String
    let message: String
    let field: String?
}

extension Refusal {
    /// The words of a dialect that tells codes.
    func words(in dialect: any Dialect = NativeDialect()) throws -> CodedWords {
        try #require(JSONDecoder().decode([String: CodedWords].self, from: Data(dialect.body(of: self).utf8))["error"])
    }
}

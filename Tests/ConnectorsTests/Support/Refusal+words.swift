import Connectors
import Foundation

/// A refusal as ``NativeDialect`` and Pivotal's word it.
struct CodedWords: Decodable, Equatable {
    private enum Keys: String, CodingKey {
        case error
    }

    private struct Members: Decodable {
        let type: String
        let code: String
        let message: String
        let field: String?
    }

    let type: String
    let code: String
    let message: String
    let field: String?

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Keys.self).decode(Members.self, forKey: .error)
        (type, code, message, field) = (members.type, members.code, members.message, members.field)
    }
}

extension Refusal {
    /// The words of a dialect that tells codes.
    func words(in dialect: any Dialect = NativeDialect()) throws -> CodedWords {
        try JSONDecoder().decode(CodedWords.self, from: Data(dialect.body(of: self).utf8))
    }
}

import Connectors
import Foundation
import Testing

@testable import hooklog

/// One published case of `signatures.json`, as a command line.
struct SignatureVector: Sendable, CustomTestStringConvertible {
    let name: String
    let expect: String
    let secret: String
    let scheme: [String]
    let headers: [(String, String)]
    let body: [UInt8]
    let now: Int64

    var testDescription: String { name }

    /// Every published case; none when the file cannot be read, which the count test reports.
    static let all: [SignatureVector] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = tests.appending(path: "WebhookSignaturesTests/Vectors/signatures.json")
        guard let data = try? Data(contentsOf: file),
            let cases = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
        else { return [] }
        return cases.compactMap(SignatureVector.init)
    }()

    private init?(_ fields: [String: Any]) {
        guard let name = fields["n"] as? String, let expect = fields["expect"] as? String,
            let scheme = fields["scheme"] as? String
        else { return nil }
        self.name = name
        self.expect = expect
        secret = fields["public_key"] as? String ?? fields["secret"] as? String ?? ""
        now = (fields["now"] as? NSNumber)?.int64Value ?? 0
        let header = fields["header"] as? String
        self.scheme = scheme == "generic" ? Self.hmac(header ?? "") : ["--scheme", scheme]
        headers = Self.headers(fields, header)
        body = Self.body(fields)
    }

    private static func hmac(_ value: String) -> [String] {
        if value.hasPrefix("sha1=") { return ["--scheme", "hmac", "--algorithm", "sha1", "--prefix", "sha1="] }
        if value.hasPrefix("sha512=") { return ["--scheme", "hmac", "--algorithm", "sha512", "--prefix", "sha512="] }
        let encoding = value.hasSuffix("=") ? "base64" : "hex"
        return ["--scheme", "hmac", "--algorithm", "sha512", "--encoding", encoding]
    }

    private static func headers(_ fields: [String: Any], _ header: String?) -> [(String, String)] {
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature", "X-Slack-Request-Timestamp"]
        var headers = names.compactMap { name in (fields[name] as? String).map { (name, $0) } }
        if let header {
            let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
            headers.append((parts.count == 2 ? parts[0] : "X-Signature", parts[parts.count - 1]))
        }
        return headers
    }

    private static func body(_ fields: [String: Any]) -> [UInt8] {
        if let text = fields["body_b64"] as? String { return Array(Data(base64Encoded: text) ?? Data()) }
        if let parts = fields["body_repeat"] as? [Any], let text = parts.first as? String,
            let count = parts.last as? Int
        {
            return Array(String(repeating: text, count: count).utf8)
        }
        return Array((fields["body"] as? String ?? "").utf8)
    }

    /// The command that a user would write.
    func parsed() throws -> VerifySignatureCommand {
        let given = headers.flatMap { ["--header", "\($0.0): \($0.1)"] }
        let arguments = ["signature", "verify"] + scheme + ["--secret", secret, "--now", String(now)] + given
        let command = try RootCommand.parseAsRoot(arguments + ["--body-file", "-"])
        return try #require(command as? VerifySignatureCommand)
    }
}

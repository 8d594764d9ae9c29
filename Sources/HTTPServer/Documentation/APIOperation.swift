/// One method of one path of an ``APIDocument``.
package struct APIOperation: Sendable {
    /// The method, in capitals.
    package let method: String
    /// The path, with its parameters in braces.
    package let path: String
    /// The operation as it is written.
    package let node: DocumentNode
    /// The parameters of the path and of the operation, references resolved.
    package let parameters: [DocumentNode]
    /// The responses by status, references resolved.
    package let responses: [DocumentNode.Member]
    /// What stands before the API key in `Authorization`; nil when it takes none.
    package let keyWord: String?

    /// Whether it takes an API key.
    package var needsKey: Bool { keyWord != nil }
    /// The operation's name for programs.
    package var id: String { node["operationId"]?.text ?? "" }
    /// The group it belongs to.
    package var tag: String { node["tags"]?.elements.first?.text ?? "" }
    /// What it does, in a few words.
    package var summary: String { node["summary"]?.text ?? "" }
    /// The body of its request as JSON; nil when it takes none.
    package var requestContent: DocumentNode? { node["requestBody"]?["content"]?["application/json"] }
}

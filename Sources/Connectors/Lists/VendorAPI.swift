/// What an import needs to know of a vendor's own API: its base, how it is asked, its lists.
package struct VendorAPI: Sendable, Hashable {
    /// How requests say who they are.
    var access = SurfaceAccess.bearer
    /// The path that the base has by the vendor's pages, unless it is given.
    var basePath = ""
    /// What may stand at the end of a given base although the lists' paths begin with it.
    var versions: [String] = []
    /// Its lists, in the order in which they are read.
    package let lists: [VendorList]
}

extension VendorAPI {
    /// The path that requests begin with, for the path of the URL that a user gave: that with what the vendor's pages put
    /// before every path, if it is not there.
    package func base(_ path: String) -> String {
        var base = path
        while base.hasSuffix("/") { base.removeLast() }
        if let version = versions.first(where: base.hasSuffix) { base.removeLast(version.count) }
        return base.hasSuffix(basePath) ? base : base + basePath
    }

    /// The headers that authorise a request; `account` is the vendor's name of the workspace.
    package func headers(token: String, account: String?, livemode: Bool) -> [(name: String, value: String)] {
        var headers = [(name: "Authorization", value: "\(access.scheme) \(token)")]
        if let name = access.workspaceHeader, let account { headers.append((name, account)) }
        if let name = access.testModeHeader { headers.append((name, livemode ? "false" : "true")) }
        return headers
    }

    /// Whether requests must name the vendor's account.
    package var needsAccount: Bool { access.workspaceHeader != nil }
}

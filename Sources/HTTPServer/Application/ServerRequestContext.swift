import Hummingbird
import NIOCore

/// What is known of a request besides the request itself.
package struct ServerRequestContext: RequestContext {
    /// The router's part of the context.
    package var coreContext: CoreRequestContextStorage
    /// The connection that the request came on.
    package let channel: any Channel

    /// Creates the context of a request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

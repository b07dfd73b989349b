package barocall.kit.events;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * In a service that can start without a broker nothing is read before it is known that the topics
 * and the store belong together.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("barocall.topics.remembered")
class ReadingWaitsConfiguration {
  @Bean
  static BeanPostProcessor readingWaitsForTheGuard(ObjectProvider<LogGuard> guard) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof InputBindingLifecycle bindings ? waiting(bindings, guard) : bean;
      }
    };
  }

  private static Object waiting(InputBindingLifecycle bindings, ObjectProvider<LogGuard> guard) {
    ProxyFactory proxy = new ProxyFactory(bindings);
    proxy.setProxyTargetClass(true);
    MethodInterceptor startLater =
        call -> {
          if (call.getMethod().getName().equals("start")) {
            guard.getObject().whenLooked(bindings::start);
            return null;
          }
          return call.proceed();
        };
    proxy.addAdvice(startLater);
    return proxy.getProxy();
  }
}
